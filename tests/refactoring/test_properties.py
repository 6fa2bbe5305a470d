"""What a segment means, and its comments, outlive every refactoring; any text is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segql.diagnostics import Edit
from segql.linter.edits import is_list
from segql.refactoring.extracting import extracted
from segql.refactoring.inlining import inlined
from segql.refactoring.selection import Selection, selected
from segql.refactoring.wrapping import as_list, negated, unwrapped, wrapped
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import includes, walk
from tests import texts as any_texts
from tests.linter.spelled import profiles, texts
from tests.meaning import SEGMENTS, answer

WIDTHS = (20, 88)
# Each example reads, changes and reads again, and asks six profiles.
A_TENTH = settings(max_examples=max(100, settings().max_examples // 10))


def with_comments(text: str, data: st.DataObject) -> str:
    """The same with comments behind some of its commas and in front of some brackets."""
    count = 0
    for mark in (", ", "(", ")"):
        parts = text.split(mark)
        text = parts[0]
        for part in parts[1:]:
            count += 1
            comment = data.draw(
                st.sampled_from(["", "", "", f"/* {count} */ ", f"-- {count}\n", f"\n-- {count}\n"])
            )
            # A bracket behind a comment would be no function's any more.
            text += f"{comment}{mark}{part}" if mark == ")" else f"{mark}{comment}{part}"
    return text


def drawn(text: str, data: st.DataObject) -> Selection | None:
    """A selection of whole phrases of a text."""
    file = parse(text)
    phrases = [
        node
        for node in walk(file.statements[0].filter)
        if not isinstance(node, n.Array | n.Name | n.String | n.Number | n.Boolean | n.Null)
    ]
    phrase = data.draw(st.sampled_from(phrases))
    if isinstance(phrase, n.And | n.Or) and data.draw(st.booleans()):
        first, last = sorted(
            data.draw(st.tuples(*[st.sampled_from(range(len(phrase.phrases)))] * 2))
        )
        return selected(file, phrase.phrases[first].start, phrase.phrases[last].end)
    if data.draw(st.booleans()):
        return selected(file, phrase.start, phrase.start)
    return selected(file, phrase.start, phrase.end)


def comments(file: ParsedFile) -> Counter[str]:
    return Counter(comment.text for comment in file.comments)


def changed(selection: Selection, edits: list[Edit]) -> ParsedFile:
    """The text after edits: without mistakes, and with every comment."""
    text = selection.file.source.text
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    after = parse(text)
    assert not after.has_errors
    assert comments(after) == comments(selection.file)
    return after


def the_same_kind(selection: Selection, width: int) -> Edit | None:
    kind = n.Or if isinstance(selection.parent, n.Or) else n.And
    return wrapped(selection, kind, width)


@pytest.mark.parametrize("change", [the_same_kind, unwrapped, as_list])
@A_TENTH
@given(texts(), st.data(), st.sampled_from(WIDTHS))
def test_lists_come_and_go_without_a_change_of_meaning(
    change: Callable[[Selection, int], Edit | None],
    row: tuple[str, n.Phrase],
    data: st.DataObject,
    width: int,
) -> None:
    selection = drawn(with_comments(row[0], data), data)
    edit = change(selection, width) if selection else None
    if selection and edit:
        before = answer(selection.statement.filter)
        after = answer(changed(selection, [edit]).statements[0].filter)
        for _ in range(4):
            profile = data.draw(profiles(of_any_type=True))
            assert after(profile) is before(profile)


@A_TENTH
@given(texts(), st.data(), st.sampled_from(WIDTHS))
def test_what_is_extracted_and_included_matches_the_same(
    row: tuple[str, n.Phrase], data: st.DataObject, width: int
) -> None:
    selection = drawn(with_comments(row[0], data), data)
    found = extracted(selection, "new", width) if selection else None
    if selection and found and found.above:
        segment, rest = changed(selection, [found.above, found.edit]).statements
        before = answer(selection.statement.filter)
        after = answer(rest.filter, segments={**SEGMENTS, "new": segment})
        for _ in range(4):
            profile = data.draw(profiles(of_any_type=True))
            assert (after(profile) is True) is (before(profile) is True)


@A_TENTH
@given(texts(), texts(), st.data(), st.sampled_from(WIDTHS))
def test_what_is_inlined_matches_the_same(
    row: tuple[str, n.Phrase], included: tuple[str, n.Phrase], data: st.DataObject, width: int
) -> None:
    file = parse(row[0])
    places = [node for node in walk(file.statements[0]) if isinstance(node, n.Include)]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    selection = selected(file, place.start, place.end)
    assert selection is not None
    other = parse(f"{with_comments(included[0], data)} ALIAS {place.segment.value}")
    is_circle = place.segment in includes(other.statements[0])
    edit = None if is_circle else inlined(selection, other, width)
    if edit is not None:
        text = file.source.text[: edit.start] + edit.text + file.source.text[edit.end :]
        after = parse(text)
        assert not after.has_errors
        inner = other.statements[0].filter
        within = [c for c in other.comments if inner.start <= c.start < inner.end]
        assert comments(after) == Counter(c.text for c in within)
        known = {**SEGMENTS, place.segment.value: other.statements[0]}
        mine, its = (answer(f.statements[0].filter, segments=known) for f in (file, after))
        for _ in range(4):
            profile = data.draw(profiles(of_any_type=True))
            assert (its(profile) is True) is (mine(profile) is True)


@A_TENTH
@given(texts(), st.data())
def test_to_negate_twice_is_to_do_nothing(row: tuple[str, n.Phrase], data: st.DataObject) -> None:
    selection = drawn(row[0], data)
    edit = negated(selection, 88) if selection else None
    if selection is None or edit is None or isinstance(selection.phrase, n.Not):
        return
    file = changed(selection, [edit])
    place = edit.start + len(edit.text) - len(edit.text.lstrip(" ,("))
    again = selected(file, place, place)
    while again is not None and not isinstance(again.phrase, n.Not):
        again = again.around()
    assert again is not None
    back = negated(again, 88)
    assert back is not None
    assert changed(again, [back]).statements[0] == selection.statement


@A_TENTH
@given(texts(), st.data())
def test_a_list_is_left_of_infix(row: tuple[str, n.Phrase], data: st.DataObject) -> None:
    selection = drawn(row[0], data)
    edit = as_list(selection, 88) if selection else None
    if selection and edit:
        after = changed(selection, [edit])
        assert after.statements == selection.file.statements
        assert infix(after) < infix(selection.file)


def infix(file: ParsedFile) -> int:
    nodes = walk(file.statements[0])
    return sum(isinstance(node, n.And | n.Or) and not is_list(file, node) for node in nodes)


@A_TENTH
@given(any_texts.of_the_grammar(), st.data())
def test_any_text_is_answered(text: str, data: st.DataObject) -> None:
    file = parse(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    selection = selected(file, start, end)
    if selection is None:
        return
    edits = [
        *(wrapped(selection, kind, 88) for kind in (n.And, n.Or)),
        *(change(selection, 88) for change in (negated, unwrapped, as_list)),
    ]
    for edit in filter(None, edits):
        assert 0 <= edit.start <= edit.end <= len(text)
    extracted(selection, "new", 88)
    inlined(selection, parse("FILTER a = 1 ALIAS x"), 88)
