"""MET004 to MET013: what WITH and ALIAS say of a segment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.compiler.payload import stated
from segql.diagnostics import CODES
from segql.syntax.parser import parse

from .asking import ask, mend, places

# ---- missing-name, missing-description ---------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("FILTER a ALIAS vip", "vip"),
        ('FILTER a WITH name = "" ALIAS vip', "vip"),
        ('FILTER a WITH name = " " ALIAS `my vip`', "`my vip`"),
        ('FILTER a WITH slug_name = "vip"', "FILTER"),
        ("a", "a"),
    ],
)
def test_a_segment_without_a_name(text: str, place: str) -> None:
    assert places("missing-name", text) == [place]


@pytest.mark.parametrize(
    "options", ['name = "VIP"', 'Name = "VIP"', '{"name": "VIP"}', "name = VIP", "name = 5"]
)
def test_a_name_is_a_name_however_it_is_written(options: str) -> None:
    # A number is no name either, but bad-option says that already.
    assert ask("missing-name", f"FILTER a WITH {options} ALIAS vip") == []


@pytest.mark.parametrize(
    "text",
    [
        "FILTER a ALIAS vip",
        "-- about the file\n\nFILTER a ALIAS vip",
        "-- segql: ignore[LOG001] no words about the segment\nFILTER a ALIAS vip",
        '-- not this\nFILTER a WITH description = " " ALIAS vip',
    ],
)
def test_a_segment_without_a_description(text: str) -> None:
    assert places("missing-description", text) == ["vip"]


@pytest.mark.parametrize(
    "text",
    [
        "-- Our best.\nFILTER a ALIAS vip",
        "/* Our best. */\n-- segql: ignore[LOG001]\nFILTER a ALIAS vip",
        'FILTER a WITH description = "Our best." ALIAS vip',
    ],
)
def test_a_comment_or_a_field_describes(text: str) -> None:
    assert ask("missing-description", text) == []


# ---- slug-style --------------------------------------------------------------------------

SAFE, UNSAFE = "safe", "unsafe"


@pytest.mark.parametrize(
    ("text", "mended", "applicability"),
    [
        ("FILTER a ALIAS «VIP»", "FILTER a ALIAS vip", UNSAFE),
        ('FILTER a WITH name = "V" ALIAS «Vip»', 'FILTER a WITH name = "V" ALIAS vip', SAFE),
        ('FILTER a WITH NAME = "V" ALIAS «Vip»', 'FILTER a WITH NAME = "V" ALIAS vip', SAFE),
        ("FILTER a ALIAS «`My VIP`»", "FILTER a ALIAS `my vip`", UNSAFE),
        ("FILTER a ALIAS «`FROM`»", "FILTER a ALIAS `from`", UNSAFE),
        ('FILTER a WITH name = "Ä" ALIAS «ÄB»', 'FILTER a WITH name = "Ä" ALIAS äb', UNSAFE),
    ],
)
def test_an_alias_in_upper_case(text: str, mended: str, applicability: str) -> None:
    plain, place = text.replace("«", "").replace("»", ""), text.split("«")[1].split("»")[0]
    (found,) = ask("slug-style", plain)
    assert found.place == place
    assert found.problem.fix is not None
    assert found.problem.fix.applicability == applicability
    assert mend("slug-style", plain) == mended


@pytest.mark.parametrize("alias", ["vip", "vip_30d", "`my vip`", "3d4240482815b9848caf2e6f", "ß"])
def test_an_alias_in_lower_case(alias: str) -> None:
    assert ask("slug-style", f"FILTER A ALIAS {alias}; FILTER B WITH slug_name = VIP") == []


# ---- long-name ---------------------------------------------------------------------------

LONG, FITS = "n" * 65, "n" * 64


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f'FILTER a WITH name = "{LONG}" ALIAS v', [f'"{LONG}"']),
        (f'FILTER a WITH {{"name": "{LONG}"}} ALIAS v', [f'"{LONG}"']),
        (f'FILTER a WITH name = "x", name = "{LONG}" ALIAS v', [f'"{LONG}"']),
        (f"FILTER a ALIAS {LONG}", [LONG]),
        (f'FILTER a WITH name = "{FITS}" ALIAS v', []),
        (f'FILTER a WITH name = "{"é" * 64}" ALIAS v', []),
        (f'FILTER a WITH name = "short" ALIAS {LONG}', []),
        (f'FILTER a WITH description = "{LONG}" ALIAS v', []),
        (f"FILTER a ALIAS {FITS}", []),
    ],
)
def test_a_long_name(text: str, found: list[str]) -> None:
    assert places("long-name", text) == found


def test_it_says_how_long() -> None:
    (found,) = ask("long-name", f'FILTER a WITH name = "{LONG * 2}" ALIAS v')
    assert found.problem.message == "this name has 130 characters, and 64 are allowed"


# ---- duplicate-name ----------------------------------------------------------------------


def named(*names: str) -> str:
    return "\n".join(f'FILTER a WITH name = "{name}" ALIAS s{n}' for n, name in enumerate(names))


def test_the_second_is_told_where_the_first_is() -> None:
    (found,) = ask("duplicate-name", named("VIP", "Other", "VIP"))
    assert found.place == "s2"
    assert found.problem.message == "the segment at a.segql:1 is called `VIP` too"


@pytest.mark.parametrize("name", ["vip", " VIP", "Vip ", "V\u0130P".replace("\u0130", "I")])
def test_case_and_spaces_make_no_difference(name: str) -> None:
    assert places("duplicate-name", named("VIP", name)) == ["s1"]


def test_the_order_of_paths_says_which_is_first() -> None:
    files = {"b.segql": named("x"), "a.segql": named("x").replace("s0", "other")}
    assert [finding.path for finding in ask("duplicate-name", files)] == ["b.segql"]


@pytest.mark.parametrize(
    "text",
    [
        named("VIP", "VIPs", ""),
        named("", " "),
        "FILTER a ALIAS one; FILTER b ALIAS two",
        'FILTER a WITH name = "x" ALIAS s; FILTER b WITH name = "x" ALIAS S',  # duplicate-alias
        'FILTER a WITH name = "x" ALIAS s; FILTER b ALIAS x',
    ],
)
def test_names_that_are_apart(text: str) -> None:
    assert ask("duplicate-name", text) == []


# ---- unknown-kind ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("kind = aspct", "kind = aspect"),
        ('kind = "Goal"', 'kind = "goal"'),
        ("KIND == metrics", "KIND == metric"),
        ('{"kind": "audiance"}', '{"kind": "audience"}'),
        ("kind = /* why */ aspct -- so", "kind = /* why */ aspect -- so"),
        ("kind = `go al`", "kind = goal"),
        ("kind = xyz", "kind = xyz"),
    ],
)
def test_a_kind_that_does_not_exist(written: str, mended: str) -> None:
    text = f"FILTER a WITH {written}\nALIAS v"
    (found,) = ask("unknown-kind", text)
    assert (found.problem.fix is None) == (written == mended)
    assert mend("unknown-kind", text, unsafe=False) == text
    assert mend("unknown-kind", text) == f"FILTER a WITH {mended}\nALIAS v"


@pytest.mark.parametrize(
    "options", ["kind = goal", 'kind = "behavioral"', 'kind = ""', "kind = 5", "kinds = xyz"]
)
def test_a_kind_that_is_known_or_no_kind(options: str) -> None:
    assert ask("unknown-kind", f"FILTER a WITH {options} ALIAS v") == []


def test_a_long_or_broken_value_is_shown_short() -> None:
    (found,) = ask("unknown-kind", f'FILTER a WITH kind = "x\n{"y" * 900}" ALIAS v')
    assert found.problem.message == f"there is no kind of segment `x {'y' * 37}…`"


# ---- repeated-option ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "mended", "applicability"),
    [
        ('«name = "x"», tags = [a], name = "x"', 'tags = [a], name = "x"', SAFE),
        ('«name = "x"» name = "y"', 'name = "y"', UNSAFE),
        ('«Name = "x"», k = 1, NAME = "y"', 'k = 1, NAME = "y"', UNSAFE),
        ("«k = 1», «k = 1», k = 1", "k = 1", SAFE),
        ("«k = 1», k = true", "k = true", UNSAFE),
        ('{«"k": 1», "l": 2, "k": 1}', '{"l": 2, "k": 1}', SAFE),
        ('a = 1,\n    «name = "x"»,\n    name = "x"', 'a = 1,\n    name = "x"', SAFE),
    ],
)
def test_a_field_that_stands_twice(options: str, mended: str, applicability: str) -> None:
    text = f"FILTER a WITH {options} ALIAS v"
    plain = text.replace("«", "").replace("»", "")
    found = ask("repeated-option", plain)
    assert [f.place for f in found] == [part.split("»")[0] for part in text.split("«")[1:]]
    assert {f.problem.fix and f.problem.fix.applicability for f in found} == {applicability}
    assert mend("repeated-option", plain) == f"FILTER a WITH {mended} ALIAS v"


def test_a_comment_between_two_fields_is_kept() -> None:
    (found,) = ask("repeated-option", "FILTER a WITH k = 1, -- why\n k = 1 ALIAS v")
    assert found.problem.fix is None


def test_fields_of_two_segments_are_two() -> None:
    assert ask("repeated-option", "FILTER a WITH k = 1 ALIAS v; FILTER a WITH k = 1, l = 2") == []


# ---- unknown-option ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "mended"),
    [
        ("is_pubic = true", "is_public = true"),
        ("nmae = x", "name = x"),
        ('{"desription": "x"}', '{"description": "x"}'),
        ("`slug-name` = v", "slug_name = v"),
        ("TGAS = [x]", "tags = [x]"),
        # no fix: a value of the wrong type, a slug beside another alias, a field that is there
        ('tag = "x"', 'tag = "x"'),
        ("slug_nam = other", "slug_nam = other"),
        ('nmae = "x", name = "y"', 'nmae = "x", name = "y"'),
    ],
)
def test_a_key_that_is_near_a_field(options: str, mended: str) -> None:
    text = f"FILTER a WITH {options} ALIAS v"
    (found,) = ask("unknown-option", text)
    assert found.problem.help.startswith("did you mean `")
    assert mend("unknown-option", text, unsafe=False) == text
    assert mend("unknown-option", text) == f"FILTER a WITH {mended} ALIAS v"


def test_two_keys_near_the_same_field_have_no_fix() -> None:
    found = ask("unknown-option", "FILTER a WITH nme = x, nmae = y ALIAS v")
    assert [(f.place, f.problem.fix) for f in found] == [("nme", None), ("nmae", None)]


@pytest.mark.parametrize(
    "key",
    [
        *("name", "NAME", "slug_name", "is_public", "tags", "table", "kind", "description"),
        *("owner", "stable", "enable", "stages", "surname", "game", "label", "review", "k", "` `"),
        *("team", "title", "type", "id", "slug", "created", "updated", "fields", "author_id"),
    ],
)
def test_a_key_that_stands_there_on_purpose(key: str) -> None:
    assert ask("unknown-option", f"FILTER a WITH {key} = x") == []


# ---- repeated-tag, unknown-tag -----------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "mended"),
    [
        ('tags = ["a", "b", «"a"»]', 'tags = ["a", "b"]'),
        ('tags = [a, «"a"», «a»,]', "tags = [a,]"),
        ('{"tags": ["a", "b", «"\\u0061"»]}', '{"tags": ["a", "b"]}'),
        ("TAGS = [a\n, b\n, «a»\n]", "TAGS = [a\n, b\n]"),
    ],
)
def test_a_tag_that_stands_twice(options: str, mended: str) -> None:
    text = f"FILTER a WITH {options} ALIAS v"
    plain = text.replace("«", "").replace("»", "")
    assert places("repeated-tag", plain) == [p.split("»")[0] for p in text.split("«")[1:]]
    assert mend("repeated-tag", plain, unsafe=False) == f"FILTER a WITH {mended} ALIAS v"


def test_a_comment_between_tags_is_kept() -> None:
    (found,) = ask("repeated-tag", "FILTER a WITH tags = [x, /* why */ x] ALIAS v")
    assert found.problem.fix is None


@pytest.mark.parametrize(
    "options", ["tags = [a, A]", "tags = []", 'tags = "a a"', "tags = [1, 1]", "tag = [a, a]"]
)
def test_no_tag_twice(options: str) -> None:
    assert ask("repeated-tag", f"FILTER a WITH {options} ALIAS v") == []


KNOWN = ("vip", "email", 'the "best"', "back\\")


@pytest.mark.parametrize(
    ("options", "mended"),
    [
        ('tags = ["vipp", "email"]', 'tags = ["vip", "email"]'),
        ("tags = [Email]", 'tags = ["email"]'),
        ('{"tags": ["the best"]}', '{"tags": ["the \\"best\\""]}'),
        ('tags = ["the best"]', 'tags = ["the \\"best\\""]'),
        # no fix: nothing is near, no text can say it, or it stands there already
        ('tags = ["spring"]', 'tags = ["spring"]'),
        ('tags = ["backk"]', 'tags = ["backk"]'),
        ('tags = [Vip, "vip"]', 'tags = [Vip, "vip"]'),
    ],
)
def test_a_tag_that_the_workspace_does_not_list(options: str, mended: str) -> None:
    text = f"FILTER a WITH {options} ALIAS v"
    (found,) = ask("unknown-tag", text, tags=KNOWN)
    assert (found.problem.fix is None) == (options == mended)
    assert mend("unknown-tag", text, unsafe=False, tags=KNOWN) == text
    assert mend("unknown-tag", text, tags=KNOWN) == f"FILTER a WITH {mended} ALIAS v"


def test_of_two_tags_that_are_near_the_same_one_has_a_fix() -> None:
    found = ask("unknown-tag", "FILTER a WITH tags = [vipp, Vip, vipp] ALIAS v", tags=KNOWN)
    assert [(f.place, f.problem.fix is None) for f in found] == [("vipp", False), ("Vip", True)]


@pytest.mark.parametrize("tags", [(), ("a", "b", "c")])
def test_without_a_list_or_with_all_in_it(tags: tuple[str, ...]) -> None:
    assert ask("unknown-tag", "FILTER a WITH tags = [a, b] ALIAS v", tags=tags) == []


# ---- together ----------------------------------------------------------------------------

FIXED = [n for n, c in CODES.items() if c.family == "MET" and c.is_fixable]
keys = st.sampled_from(["name", "nmae", "Tags", "tags", "tgas", "kind", "is_public", "k", "slug"])
values = st.sampled_from(
    ['"x"', "goal", '"Gaol"', "true", "5", "[]", '["vip", "vipp"]', '["a", "b", "a"]', '["a b"]']
)
pairs = st.lists(st.tuples(keys, values), min_size=1, max_size=6)
gaps = st.sampled_from([", ", " ", ",\n    ", ", -- why\n", ",, /* why */ "])


@given(pairs, gaps, st.sampled_from(["vip", "VIP", "`my Vip`"]))
def test_safe_fixes_keep_what_is_sent_and_all_fixes_end(
    fields: list[tuple[str, str]], gap: str, alias: str
) -> None:
    text = f"FILTER a WITH {gap.join(f'{k} = {v}' for k, v in fields)} ALIAS {alias}"
    before, after = said(text), text
    for rule in FIXED:
        after = mend(rule, after, unsafe=False, tags=("vip",))
    assert said(after) == before
    for rule in FIXED:
        after = mend(rule, after, tags=("vip",))
        assert after.count("why") == text.count("why")
        assert not [f for f in ask(rule, after, tags=("vip",)) if f.problem.fix]


def said(text: str) -> dict[str, object]:
    """What the account is sent of a segment; its tags are a set."""
    parsed = parse(text)
    assert not parsed.has_errors
    (statement,) = parsed.statements
    fields: dict[str, object] = {**stated(statement)}
    slug = (statement.alias or "").lower()
    name = fields.pop("name", statement.alias)
    tags = fields.pop("tags", None)
    kept = list(dict.fromkeys(tags)) if isinstance(tags, list) else tags
    return {"slug": slug, "name": name, "tags": kept, **fields}


def test_names_and_descriptions_have_to_be_asked_for() -> None:
    unasked = {name for name, code in CODES.items() if not code.is_default}
    assert {"missing-name", "missing-description"} <= unasked
