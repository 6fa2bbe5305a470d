"""Catalog files: what they say, what is wrong in one and where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import TYPES, Catalog, Field
from segql.catalog.files import CatalogError, catalog_json, read_catalog, schema

Save = Callable[..., Path]
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def save(content: str | bytes, name: str = "catalog.user.json") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return save


JSON = """
{
  "$schema": "https://segql.github.io/segql/catalog.schema.json",
  "table": "content",
  "fields": [
    {"name": "visitct", "type": "Integer"},
    {"name": "scores", "type": "map[string]float", "keys": ["a", "b"], "source": "web"},
    {"name": "email", "type": "string", "description": "Where to write to", "identity": true},
    {"name": "tier", "type": "string", "examples": ["gold", 5, 1.5, true]}
  ]
}
"""
TOML = """
table = "content"

[[fields]]
name = "visitct"
type = "Integer"

[[fields]]
name = "scores"
type = "map[string]float"
keys = ["a", "b"]
source = "web"

[[fields]]
name = "email"
type = "string"
description = "Where to write to"
identity = true

[[fields]]
name = "tier"
type = "string"
examples = ["gold", 5, 1.5, true]
"""
CATALOG = Catalog(
    {
        "content": [
            Field("visitct", TYPES["int"]),
            Field("scores", TYPES["map[string]number"], keys=("a", "b"), source="web"),
            Field("email", TYPES["string"], "Where to write to", is_identity=True),
            Field("tier", TYPES["string"], examples=("gold", "5", "1.5", "true")),
        ]
    }
)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (JSON, "catalog.user.json"),
        (JSON.encode("utf-8-sig"), "catalog.user.json"),
        (JSON.replace("\n", "\r\n"), "any"),
        (TOML, "catalog.user.toml"),
        (TOML.replace("\n", "\r\n"), "catalog.user.TOML"),
    ],
)
def test_our_own_format(save: Save, content: str | bytes, name: str) -> None:
    assert read_catalog(save(content, name)) == CATALOG


@pytest.mark.parametrize(
    ("content", "name", "table"),
    [
        ('{"fields": []}', "catalog.content.json", "content"),
        ('{"fields": []}', "catalog.Content.json", "content"),
        ('{"fields": []}', "shop.catalog.campaign.json", "campaign"),
        ('{"fields": []}', "catalog.json", "user"),
        ('{"fields": []}', "catalog", "user"),
        ('{"fields": [], "table": "Content"}', "catalog.user.json", "content"),
        ("fields = []", "catalog.content.toml", "content"),
        ('table = "x"\nfields = []', "catalog.content.toml", "x"),
    ],
)
def test_whose_table_it_is(save: Save, content: str, name: str, table: str) -> None:
    assert read_catalog(save(content, name)).tables == {table}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_catalog(tmp_path / "catalog.user.json")


# A file with the place of its mistake in angle brackets -> what is said, and what to do.
MISTAKES = {
    '{"fields": [{"name": "a", "type": «"inte"»}]}': (
        "there is no type `inte`",
        "did you mean `int`?",
    ),
    '{"fields": [{"name": "a", "type": «"blob"»}]}': (
        "there is no type `blob`",
        f"the types are {', '.join(TYPES)}",
    ),
    '{"fields": [{"name": "a", "type": «5»}]}': (
        "`type` has a wrong value",
        'write a type as a text, such as "int" or "[]string"',
    ),
    '{"fields": [{"name": «""», "type": "int"}]}': (
        "`name` has a wrong value",
        "write the field's name as a text",
    ),
    '{"fields": [«{»"type": "int"}]}': ("a field needs a name", "add `name`"),
    '{"fields": [{"type": "int", "name": "b"}, «{»"name": "a"}]}': (
        "a field needs a type",
        "add `type`",
    ),
    '{"fields": [{"name": "a", "type": "int", "identity": «"yes"»}]}': (
        "`identity` has a wrong value",
        "write true or false",
    ),
    '{"fields": [{"name": "a", "type": "int", "examples": «[»{"b": "c"}]}]}': (
        "`examples` has a wrong value",
        "write a list of texts, numbers, true and false",
    ),
    '{"fields": [{"name": "a", "type": "int", "keys": «"b"»}]}': (
        "`keys` has a wrong value",
        "write a list of texts",
    ),
    '{"fields": [{"name": "a", "type": "int", «"desc"»: "b"}]}': (
        "a field has no key `desc`",
        "the keys are name, type, description, identity, examples, keys, source",
    ),
    '{"fields": [{"name": "a", "type": "int", «"identities"»: true}]}': (
        "a field has no key `identities`",
        "did you mean `identity`?",
    ),
    '{"fields": [{"name": "a", "type": "int"}, {"type": "int", "name": «"a"»}]}': (
        "the field `a` is here already",
        "remove one of the two",
    ),
    '{"fields": [«5»]}': (
        "a field is an object with a name and a type",
        'write {"name": "visitct", "type": "int"}',
    ),
    '{"fields": «5»}': (
        "`fields` has a wrong value",
        "write a list of fields, or names with their types",
    ),
    '{"fields": [], "table": «null»}': (
        "`table` has a wrong value",
        'write the name of a table, such as "user"',
    ),
    '{"fields": [], «"tabel"»: "user"}': ("a catalog has no key `tabel`", "did you mean `table`?"),
    '«{»"table": "user"}': ("a catalog needs `fields`", "add a list of fields"),
    '«[»"a"]': ("a catalog is one object", 'write {"table": "user", "fields": [...]}'),
    "«5»": ("a catalog is one object", 'write {"table": "user", "fields": [...]}'),
}
MEND = "mend the file, or write it again with `segql catalog pull`"
BROKEN = {
    '{"fields": [],«}»': "this is not JSON: trailing comma in object",
    '{"é": «x»}': "this is not JSON: invalid character",
    '{"fields": [] «"»table": "user"}': "this is not JSON: expected ',' or '}'",
    '{"fields": [«»': "this is not JSON: it ends too early",
    "«»": "this is not JSON: it ends too early",
    '{"table": "\\ud800"}«»': "this is not JSON: it ends too early",
    '{"fields": 1' + "0" * 5000 + "}«»": "this is not JSON: Integer value out of range",
    "«»" + "[" * 100_000: "it is nested too deeply",
    '«»{"data": 5}': "this is no answer of the API: there is no list of fields in it",
    '«»{"data": {"fields": [{"type": "int"}]}}': (
        "this is no answer of the API: one of the fields in it has no name"
    ),
    '«»{"columns": {}}': "this is no answer of the API: there is no list of fields in it",
}
TOML_MISTAKES = {
    '[[fields]]\nname = "a"\ntype = «"inte"»\n': ("there is no type `inte`", "did you mean `int`?"),
    '«[[fields]]»\nname = "a"\n': ("a field needs a type", "add `type`"),
    '[[fields]]\nname="a"\ntype="int"\n[[fields]]\n  name = «5»\n  type = "int"': (
        "`name` has a wrong value",
        "write the field's name as a text",
    ),
    '«tabel» = "user"\n[[fields]]\nname = "a"\ntype = "int"\n': (
        "a catalog has no key `tabel`",
        "did you mean `table`?",
    ),
    '[[fields]]\nname = "a"\ntype = "int"\nidentity = «1»\n': (
        "`identity` has a wrong value",
        "write true or false",
    ),
    "fields = «5»": (
        "`fields` has a wrong value",
        "write a list of fields, or names with their types",
    ),
    'fields = «[{name = "a", type = "inte"}]»': ("there is no type `inte`", "did you mean `int`?"),
    "fields = []\n[«other»]\n": (
        "a catalog has no key `other`",
        "the keys are $schema, table, fields",
    ),
}


def marked(text: str) -> tuple[str, int, int]:
    before, _, rest = text.partition("«")
    inside, _, after = rest.partition("»")
    return before + inside + after, len(before), len(before + inside)


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake(save: Save, text: str) -> None:
    check_mistake(save, text, "catalog.user.json", *MISTAKES[text])


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: text[:30])
def test_a_broken_file(save: Save, text: str) -> None:
    check_mistake(save, text, "catalog.user.json", BROKEN[text], MEND)


@pytest.mark.parametrize("text", TOML_MISTAKES)
def test_a_mistake_in_toml(save: Save, text: str) -> None:
    check_mistake(save, text, "catalog.user.toml", *TOML_MISTAKES[text])


def check_mistake(save: Save, text: str, name: str, message: str, help: str) -> None:
    content, start, end = marked(text)
    path = save(content, name)
    with pytest.raises(CatalogError) as caught:
        read_catalog(path)
    (problem,) = caught.value.problems
    assert (problem.message, problem.help) == (message, help)
    assert (problem.span.start, problem.span.end) == (start, end)
    assert (problem.code, problem.is_error) == ("CFG002", True)
    assert caught.value.source.path == str(path)
    assert caught.value.source.text == content
    assert str(caught.value) == f"{path}: {message}"


@pytest.mark.parametrize(
    ("content", "message", "offset"),
    [
        ("table = \n", "this is not TOML: Invalid value", 8),
        ('a = 1\nfields = [\n"x"', "this is not TOML: Unclosed array", 20),
        ("a = 1\na = 2\n", "this is not TOML: Cannot overwrite a value", 11),
        ("a = " + "[" * 5000, "it is nested too deeply", 0),
    ],
)
def test_broken_toml(save: Save, content: str, message: str, offset: int) -> None:
    with pytest.raises(CatalogError) as caught:
        read_catalog(save(content, "catalog.user.toml"))
    (problem,) = caught.value.problems
    assert problem.message == message
    assert problem.span.start == offset


@pytest.mark.parametrize("name", ["catalog.user.json", "catalog.user.toml"])
def test_a_file_that_is_not_utf8(save: Save, name: str) -> None:
    with pytest.raises(CatalogError, match="byte 3 is not UTF-8") as caught:
        read_catalog(save(b"{ \xff}", name))
    assert caught.value.problems[0].help == "save it as UTF-8"


def test_several_mistakes_are_told_in_the_order_of_their_places(save: Save) -> None:
    fields = '[{"name": "a", "type": "inte", "keys": 5}, {"type": "int"}, {"name": "a"}, 7]'
    with pytest.raises(CatalogError) as caught:
        read_catalog(save(f'{{"fields": {fields}, "tabel": "user"}}'))
    assert [problem.message for problem in caught.value.problems] == [
        "there is no type `inte`",
        "`keys` has a wrong value",
        "a field needs a name",
        "a field needs a type",
        "the field `a` is here already",
        "a field is an object with a name and a type",
        "a catalog has no key `tabel`",
    ]


def test_a_very_long_name_is_cut_in_the_message(save: Save) -> None:
    content = json.dumps({"fields": [], "x" * 10_000: 1})
    with pytest.raises(CatalogError) as caught:
        read_catalog(save(content))
    assert len(caught.value.problems[0].message) < 100


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_catalog_or_a_mistake(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    for name in ("any.json", "any.toml"):
        path = tmp_path_factory.getbasetemp() / name
        path.write_bytes(content)
        for error in errors_of(path):
            length = len(error.source.text)
            assert error.problems
            assert all(0 <= p.span.start <= p.span.end <= length for p in error.problems)


def errors_of(path: Path) -> list[CatalogError]:
    try:
        read_catalog(path)
    except CatalogError as error:
        return [error]
    return []


# ---- Writing ----------------------------------------------------------------------------

# What a file can hold: no half of a pair of surrogates.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NAMES = TEXTS.filter(bool)
FIELDS = st.builds(
    Field,
    name=NAMES,
    type=st.sampled_from(list(TYPES.values())),
    description=TEXTS,
    is_identity=st.booleans(),
    examples=st.lists(TEXTS, max_size=3).map(tuple),
    keys=st.lists(TEXTS, max_size=3).map(tuple),
    source=TEXTS,
)


@given(NAMES.map(str.lower), st.lists(FIELDS, unique_by=lambda field: field.name, max_size=5))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, table: str, fields: list[Field]
) -> None:
    path = tmp_path_factory.getbasetemp() / "catalog.written.json"
    path.write_text(catalog_json(table, fields), encoding="utf-8")
    assert read_catalog(path) == Catalog({table: fields})
    assert catalog_json(table, reversed(fields)) == catalog_json(table, fields)


def test_one_field_a_line() -> None:
    fields = [
        Field("b", TYPES["[]string"], "Tags", examples=("ü", '"')),
        Field("a", TYPES["int"], is_identity=True),
    ]
    assert catalog_json("user", fields) == (
        "{\n"
        '  "$schema": "https://segql.github.io/segql/catalog.schema.json",\n'
        '  "table": "user",\n'
        '  "fields": [\n'
        '    {"name": "a", "type": "int", "identity": true},\n'
        '    {"name": "b", "type": "[]string", "description": "Tags", "examples": ["ü", "\\""]}\n'
        "  ]\n"
        "}\n"
    )


def test_nothing_that_is_written_steers_a_terminal() -> None:
    text = catalog_json("user", [Field("a\x1b\x9b\u202e", TYPES["int"], "ü")])
    assert '{"name": "a\\u001b\\u009b\\u202e", "type": "int", "description": "\\u00fc"}' in text


def test_no_fields_at_all() -> None:
    assert json.loads(catalog_json("user", []))["fields"] == []


# ---- The schema -------------------------------------------------------------------------


def test_the_published_schema_is_up_to_date() -> None:
    text = (DOCS / "catalog.schema.json").read_text(encoding="utf-8")
    assert text == json.dumps(schema(), indent=2) + "\n"


def test_the_schema_is_one() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema())


def is_valid(document: object) -> bool:
    jsonschema = pytest.importorskip("jsonschema")
    return jsonschema.Draft202012Validator(schema()).is_valid(document)


def test_good_files_are_valid() -> None:
    tomllib = pytest.importorskip("tomllib")
    assert is_valid(json.loads(JSON))
    assert is_valid(tomllib.loads(TOML))


@given(NAMES, st.lists(FIELDS, unique_by=lambda field: field.name, max_size=3))
def test_what_is_written_is_valid(table: str, fields: list[Field]) -> None:
    assert is_valid(json.loads(catalog_json(table, fields)))


@pytest.mark.parametrize("text", MISTAKES)
def test_what_the_schema_can_tell_it_tells(text: str) -> None:
    message, _ = MISTAKES[text]
    beyond = message.startswith(("there is no type", "the field `a` is here already"))
    assert is_valid(json.loads(marked(text)[0])) == beyond


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "catalog.user.json",
            '{"fields": {"n": "int", "e": {"type": "string", "identity": true}}}',
        ),
        ("catalog.user.toml", '[fields]\nn = "int"\ne = { type = "string", identity = true }\n'),
    ],
)
def test_names_with_their_types(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    fields = read_catalog(path).fields("user")
    assert {field.name: field.type.name for field in fields.values()} == {"n": "int", "e": "string"}
    assert fields["e"].is_identity
    if name.endswith("json"):
        assert is_valid(json.loads(text))


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{"fields": {"n": «"imt"»}}', '"imt"', "there is no type `imt`"),
        ('{"fields": {"n": «5»}}', "5", "this is no type"),
        ('{"fields": {"n": «{»}}}', "{", "a field needs a type"),
        ('{"fields": {"n": {«"tipe"»: "int"}}}', '"tipe"', "a field has no key `tipe`"),
    ],
)
def test_mistakes_in_names_with_their_types(
    tmp_path: Path, text: str, place: str, message: str
) -> None:
    path = tmp_path / "catalog.user.json"
    plain = text.replace("«", "").replace("»", "")
    path.write_text(plain)
    with pytest.raises(CatalogError) as caught:
        read_catalog(path)
    found = {(plain[p.span.start : p.span.end], p.message) for p in caught.value.problems}
    assert (place, message) in found
