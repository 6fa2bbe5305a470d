"""Reductions of the grammar, as node builders.

Each method is named by an alternative of ``segmentql.lark`` and is called when the parser reduces
by it, with the values of the alternative's symbols and the offsets it spans: of one symbol with
the value itself, of several (or none) with a list of them. A token's value is its index. Checks
that need no more than one node and its tokens are made here.
"""

# ruff: noqa: D102  (what each method does is the alternative it is named by)

from __future__ import annotations

from bisect import bisect_left
from typing import Any, Final, cast

from msgspec.structs import replace

from segql.diagnostics import Diagnostic, diagnostic, did_you_mean
from segql.syntax import nodes
from segql.syntax.literals import name_of, number_text, number_value, operator_of, string_of
from segql.syntax.walk import is_whole
from segql_grammar import parser_tables as t
from segql_grammar.scanner import MAX_DEPTH, OPERAND_ENDS, Tokens

# The order the server wants, whatever order was written.
_CLAUSE_ORDER: Final = (nodes.From, nodes.Limit, nodes.With, nodes.Alias, nodes.Bad)
_OPERATORS: Final = ("IN", "LIKE", "CONTAINS", "INTERSECTS", "BETWEEN", "IS")
_VALUES_ALONE = (nodes.String, nodes.Number, nodes.Null, nodes.Arithmetic)


class Builder:
    """Builds the statements of one text."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.text = text
        self.kinds: list[int] = tokens.kinds
        self.starts: list[int] = tokens.starts
        self.ends: list[int] = tokens.ends
        self.lexemes: list[str] = tokens.lexemes
        self.statements: list[nodes.Statement] = []
        self.problems: list[Diagnostic] = []
        self.is_quiet = False  # what is read follows from a mistake that was reported
        self.bad_options: list[nodes.Bad] = []
        self.forms: list[nodes.Form] = []
        self.parenthesised: set[tuple[int, int]] = set()  # places of phrases in parentheses
        # How deep an arithmetic node is, by its id; the node is kept, lest another gets its id.
        self.chains: dict[int, tuple[int, nodes.Arithmetic]] = {}

    def token(self, index: int) -> str:
        """Text of a token."""
        return self.lexemes[index]

    def report(self, name: str, start: int, end: int, message: str, help: str) -> None:
        """Note a mistake that the grammar cannot see."""
        if not self.is_quiet:
            self.problems.append(diagnostic(name, start, end, message, help))

    def forget(self, start: int) -> None:
        """Drop what was made of the text from an offset on: it will be read again."""
        while self.statements and self.statements[-1].start >= start:
            self.statements.pop()
        while self.problems and self.problems[-1].span.start >= start:
            self.problems.pop()
        self.forget_forms(start)

    def forget_forms(self, start: int) -> None:
        """How a text is written from an offset on is not worth telling: it has mistakes."""
        while self.forms and self.forms[-1].start >= start:
            self.forms.pop()

    def note(self, kind: nodes.FormKind, node: nodes.Node, start: int, end: int) -> None:
        """Keep how a node is written."""
        self.forms.append(nodes.Form(kind, node, start, end))

    def bad(self, v: object, start: int, end: int) -> nodes.Bad:
        return nodes.Bad(self.text[start:end], start=start, end=end)

    # ---- lists -----------------------------------------------------------------------

    def nothing(self, v: list[Any], start: int, end: int) -> None:
        """An alternative whose value nobody asks for."""

    def second(self, v: list[Any], start: int, end: int) -> Any:
        return v[1]

    def list_empty(self, v: list[Any], start: int, end: int) -> list[Any]:
        return []

    def list_first(self, item: Any, start: int, end: int) -> list[Any]:
        return [item]

    def list_two(self, v: list[Any], start: int, end: int) -> list[Any]:
        return [v[0], v[2]]

    def list_append(self, v: list[Any], start: int, end: int) -> list[Any]:
        v[0].append(v[1])
        return v[0]

    def list_append_after(self, v: list[Any], start: int, end: int) -> list[Any]:
        v[0].append(v[2])
        return v[0]

    def list_keep(self, v: list[Any], start: int, end: int) -> list[Any]:
        return v[0]

    # ---- statements ------------------------------------------------------------------

    def filter_statement(self, v: list[Any], start: int, end: int) -> None:
        self.statement(v[1], v[2], start, end)

    def bare_statement(self, v: list[Any], start: int, end: int) -> None:
        statement = self.statement(v[0], v[1], start, end)
        self.note("missing-filter", statement, start, start)

    def statement(
        self, filter: nodes.Phrase, clauses: list[nodes.Clause], start: int, end: int
    ) -> nodes.Statement:
        """Make a statement of its parts, with its clauses in the order the server wants."""
        seen: dict[object, nodes.Clause] = {}
        for clause in clauses:
            first = seen.setdefault(type(clause), clause)
            if first is not clause and not isinstance(clause, nodes.Bad):
                self.report_duplicate(clause)
        clauses = [*clauses, *self.bad_options]
        self.bad_options = []
        in_order = tuple(sorted(clauses, key=lambda clause: _CLAUSE_ORDER.index(type(clause))))
        statement = nodes.Statement(filter, in_order, start=start, end=end)
        if list(in_order) != clauses:
            self.note("clause-order", statement, clauses[0].start, clauses[-1].end)
        self.statements.append(statement)
        return statement

    def report_duplicate(self, clause: nodes.Clause) -> None:
        keyword = type(clause).__name__.upper()
        self.report(
            "duplicate-clause",
            clause.start,
            clause.start + len(keyword),
            f"{keyword} stands twice in one statement",
            "keep one of the two, or separate the statements with `;`",
        )

    def match_all(self, index: int, start: int, end: int) -> nodes.MatchAll:
        node = nodes.MatchAll(start=start, end=end)
        before = self.before(index)
        if before is not None and "\n" in self.text[before:start]:
            self.note("match-all-line", node, before, start)
        return node

    def from_clause(self, v: list[Any], start: int, end: int) -> nodes.From:
        return nodes.From(v[1], start=start, end=end)

    def limit_clause(self, v: list[Any], start: int, end: int) -> nodes.Limit:
        count = number_value(self.token(v[1]))
        if count is None:
            self.report_large(end - len(self.token(v[1])), end)
        return nodes.Limit(int(count or 0), start=start, end=end)

    def report_large(self, start: int, end: int) -> None:
        self.report("bad-number", start, end, "this number is too large", "write a smaller one")

    def with_clause(self, v: list[Any], start: int, end: int) -> nodes.With:
        self.bad_options += [option for option in v[1] if isinstance(option, nodes.Bad)]
        options = (option for option in v[1] if not isinstance(option, nodes.Bad))
        return nodes.With(tuple(options), start=start, end=end)

    def alias_clause(self, v: list[Any], start: int, end: int) -> nodes.Alias:
        return nodes.Alias(v[1], start=start, end=end)

    def name(self, index: int, start: int, end: int) -> nodes.Name:
        return nodes.Name(name_of(self.lexemes[index]), start=start, end=end)

    # ---- options of WITH -------------------------------------------------------------

    def option(self, v: list[Any], start: int, end: int) -> nodes.Option | nodes.Bad:
        if has_bad(v[2]):
            return self.bad(v, start, end)
        key = self.name(v[0], *self.place(v[0]))
        return nodes.Option(key, self.plain(v[2]), start=start, end=end)

    def option_list(self, v: list[Any], start: int, end: int) -> list[Any]:
        return [self.plain(item) for item in v[1]]

    def plain(self, value: Any) -> Any:
        """A node of a literal or a name as a Python value; other values as they are."""
        match value:
            case nodes.String(text) | nodes.Name(text):
                return text
            case nodes.Boolean(truth):
                return truth
            case nodes.Null():
                return None
            case nodes.Number(text):
                number = number_value(text)
                if number is None:
                    self.report_large(value.start, value.end)
                return number
            case _:
                return value

    def json_member(self, v: list[Any], start: int, end: int) -> nodes.Option | nodes.Bad:
        if has_bad(v[2]):
            return self.bad(v, start, end)
        key_start, key_end = self.place(v[0])
        key = nodes.Name(self.json_string(v[0], start, end), start=key_start, end=key_end)
        return nodes.Option(key, self.plain(v[2]), start=start, end=end)

    def json_nested(self, options: list[Any], start: int, end: int) -> Any:
        if has_bad(options):
            return self.bad(options, start, end)
        return {option.key.value: option.value for option in options}

    def json_array(self, v: list[Any], start: int, end: int) -> list[Any]:
        return [self.plain(item) for item in v[1]]

    def json_string(self, index: int, start: int, end: int) -> str:
        from json import loads  # few texts hold JSON

        value = loads(self.token(index))
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if whole != value:
            message = "an escape in this string is half a character: no text can hold it"
            help = "write both halves, or the character itself"
            self.report("bad-character", *self.place(index), message, help)
        return whole

    # ---- phrases ---------------------------------------------------------------------

    def bare(self, operand: Any, start: int, end: int) -> nodes.Operand:
        if isinstance(operand, _VALUES_ALONE) and not self.is_broken(operand):
            self.report_value(start, end)
        return operand

    def is_broken(self, operand: nodes.Operand) -> bool:
        """Whether something else is wrong with an operand already."""
        too_deep = self.chain(operand) >= MAX_DEPTH
        return too_deep or not is_whole(operand)

    def report_value(self, start: int, end: int) -> None:
        """Note a value where a condition is expected, or the unknown operator before it."""
        if self.report_unknown_operator(bisect_left(self.starts, start)):
            return
        self.report(
            "value-alone",
            start,
            end,
            f"`{self.text[start:end]}` is only a value: it is neither true nor false",
            "compare it with a field, as in `visitct > 5`; a bare phrase must be a bool field "
            "or a function",
        )

    def report_unknown_operator(self, value: int) -> bool:
        """In a list ``a ILIKE "x"`` is three phrases, but nobody means them."""
        word, operand = value - 1, value - 2
        if operand < 0 or self.kinds[word] != t.NAME or self.kinds[operand] not in OPERAND_ENDS:
            return False
        if "\n" in self.text[self.ends[operand] : self.starts[value]]:
            return False
        near = did_you_mean(self.token(word), _OPERATORS)
        help = f"did you mean `{near}`?" if near else "write an operator, as in `visitct > 5`"
        message = f"`{self.token(word)}` stands where an operator is expected"
        self.report("unexpected-text", *self.place(word), message, help)
        return True

    def parenthesis(self, v: list[Any], start: int, end: int) -> Any:
        """A phrase takes its parentheses with it; an operand's place is the operand alone."""
        self.parenthesised.add((start, end))
        return replace(v[1], start=start, end=end)

    def or_infix(self, phrases: list[Any], start: int, end: int) -> nodes.Or:
        return self.infix(nodes.Or(tuple(phrases), start=start, end=end))

    def and_infix(self, phrases: list[Any], start: int, end: int) -> nodes.And:
        return self.infix(nodes.And(tuple(phrases), start=start, end=end))

    def infix(self, node: Any) -> Any:
        self.note("infix", node, node.start, node.end)
        return node

    def or_list(self, v: list[Any], start: int, end: int) -> nodes.Or:
        return nodes.Or(tuple(v[2]), start=start, end=end)

    def and_list(self, v: list[Any], start: int, end: int) -> nodes.And:
        return nodes.And(tuple(v[2]), start=start, end=end)

    def not_phrase(self, v: list[Any], start: int, end: int) -> nodes.Not:
        node, inner = nodes.Not(v[1], start=start, end=end), v[1]
        before = self.before(v[0]) if v[0] and self.ends_operand(v[0] - 1) else None
        if before is not None and "\n" not in self.text[before:start]:
            self.note("not-without-comma", node, before, before)
        if (inner.start, inner.end) not in self.parenthesised:
            self.note("not-prefix", node, start, end)
        return node

    def before(self, index: int) -> int | None:
        """Where the token before one ends."""
        return self.ends[index - 1] if index else None

    def ends_operand(self, index: int) -> bool:
        return self.kinds[index] in OPERAND_ENDS

    def comparison(self, v: list[Any], start: int, end: int) -> nodes.Comparison:
        index: int = v[1]
        operator: Any = operator_of(self.lexemes[index])
        node = nodes.Comparison(v[0], operator, v[2], start=start, end=end)
        if end != node.right.end and not isinstance(node.right, nodes.Arithmetic):
            self.note("parenthesised-value", node, self.starts[index + 1], end)
        return node

    def operator(self, index: int) -> Any:
        """The canonical spelling of an operator token."""
        return operator_of(self.lexemes[index])

    def membership(self, v: list[Any], start: int, end: int) -> nodes.Membership:
        return nodes.Membership(v[0], self.operator(v[1]), v[2], start=start, end=end)

    def membership_string(self, v: list[Any], start: int, end: int) -> nodes.Membership:
        return self.membership([*v[:-1], self.string(v[-1], *self.place(v[-1]))], start, end)

    def between(self, v: list[Any], start: int, end: int) -> nodes.Between:
        return nodes.Between(v[0], v[2], v[4], start=start, end=end)

    # `a NOT IN (...)`: the tree is that of `NOT a IN (...)`.

    def comparison_not(self, v: list[Any], start: int, end: int) -> nodes.Not:
        return self.not_infix(self.comparison([v[0], *v[2:]], start, end))

    def membership_not(self, v: list[Any], start: int, end: int) -> nodes.Not:
        return self.not_infix(self.membership([v[0], *v[2:]], start, end))

    def membership_string_not(self, v: list[Any], start: int, end: int) -> nodes.Not:
        return self.not_infix(self.membership_string([v[0], *v[2:]], start, end))

    def between_not(self, v: list[Any], start: int, end: int) -> nodes.Not:
        return self.not_infix(self.between([v[0], *v[2:]], start, end))

    def not_infix(self, phrase: nodes.Phrase) -> nodes.Not:
        node = nodes.Not(phrase, start=phrase.start, end=phrase.end)
        self.note("not-infix", node, node.start, node.end)
        return node

    def is_null(self, v: list[Any], start: int, end: int) -> nodes.Comparison:
        return self.null_test(v[0], "=", v[1], self.null_at(v[2]), start, end)

    def is_not_null(self, v: list[Any], start: int, end: int) -> nodes.Comparison:
        return self.null_test(v[0], "!=", v[1], self.null_at(v[3]), start, end)

    def null_test(
        self, left: Any, operator: Any, keyword: int, null: nodes.Null, start: int, end: int
    ) -> nodes.Comparison:
        node = nodes.Comparison(left, operator, null, start=start, end=end)
        self.note("is-null", node, self.starts[keyword], end)
        return node

    def null_at(self, index: int) -> nodes.Null:
        start, end = self.place(index)
        return nodes.Null(start=start, end=end)

    def exists(self, v: list[Any], start: int, end: int) -> nodes.Exists:
        node = nodes.Exists(v[1], start=start, end=end)
        if end != node.operand.end and not isinstance(node.operand, nodes.Arithmetic):
            keyword: int = v[0]
            self.note("exists-parentheses", node, self.ends[keyword], end)
        return node

    def include(self, v: list[Any], start: int, end: int) -> nodes.Include:
        return nodes.Include(v[1], start=start, end=end)

    def segment_name(self, index: int, start: int, end: int) -> nodes.Name:
        return self.named_segment(name_of(self.token(index)), start, end)

    def segment_string(self, index: int, start: int, end: int) -> nodes.Name:
        node = self.named_segment(string_of(self.token(index)), start, end)
        self.note("quoted-segment", node, start, end)
        return node

    def named_segment(self, name: str, start: int, end: int) -> nodes.Name:
        """Make the name of a segment, and note one that no segment has."""
        if not name or name.isdecimal():
            self.report(
                "bad-segment-name",
                start,
                end,
                "an empty name is no segment" if not name else "a segment is not a number",
                "name the segment by its alias, as in `INCLUDE active_users`, or by its id",
            )
        return nodes.Name(name, start=start, end=end)

    # ---- operands --------------------------------------------------------------------

    def arithmetic(self, v: list[Any], start: int, end: int) -> nodes.Operand:
        """A chain leans to the left, as deep as it is long: no bracket limits it."""
        left, right = v[0], v[2]
        depth = 1 + max(self.chain(left), self.chain(right))
        if depth > MAX_DEPTH:
            return left  # the statement is reported as too deep already at this depth
        node = nodes.Arithmetic(left, self.operator(v[1]), right, start=start, end=end)
        self.chains[id(node)] = (depth, node)
        return node

    def chain(self, operand: nodes.Operand) -> int:
        return self.chains[id(operand)][0] if id(operand) in self.chains else 0

    def call(self, v: list[Any], start: int, end: int) -> nodes.Call:
        return nodes.Call(self.function_name(v[0]), tuple(v[2]), start=start, end=end)

    def call_comma(self, v: list[Any], start: int, end: int) -> nodes.Call:
        return self.note_comma(self.call(v, start, end), v[3])

    def note_comma(self, node: Any, index: int) -> Any:
        self.note("trailing-comma", node, *self.place(index))
        return node

    def call_empty(self, v: list[Any], start: int, end: int) -> nodes.Call:
        return nodes.Call(self.function_name(v[0]), (), start=start, end=end)

    def function_name(self, index: int) -> str:
        return name_of(self.token(index))

    def identifier(self, index: int, start: int, end: int) -> nodes.Identifier:
        return nodes.Identifier(name_of(self.lexemes[index]), start=start, end=end)

    def array(self, v: list[Any], start: int, end: int) -> nodes.Array:
        return nodes.Array(tuple(v[1]), start=start, end=end)

    def array_comma(self, v: list[Any], start: int, end: int) -> nodes.Array:
        return self.note_comma(self.array(v, start, end), v[2])

    def array_empty(self, v: list[Any], start: int, end: int) -> nodes.Array:
        return nodes.Array((), start=start, end=end)

    def string(self, index: int, start: int, end: int) -> nodes.String:
        return nodes.String(string_of(self.lexemes[index]), start=start, end=end)

    def number(self, index: int, start: int, end: int) -> nodes.Number:
        spelling = self.lexemes[index]
        text = number_text(spelling)
        node = nodes.Number(text, start=start, end=end)
        if text != spelling:
            self.note("number-spelling", node, start, end)
        return node

    def signed_number(self, v: list[Any], start: int, end: int) -> nodes.Number:
        text = number_text(self.token(v[0]) + self.token(v[1]))
        node = nodes.Number(text, start=start, end=end)
        if text != self.text[start:end]:
            self.note("number-spelling", node, start, end)
        return node

    def true(self, index: int, start: int, end: int) -> nodes.Boolean:
        return nodes.Boolean(True, start=start, end=end)

    def false(self, index: int, start: int, end: int) -> nodes.Boolean:
        return nodes.Boolean(False, start=start, end=end)

    def null(self, index: int, start: int, end: int) -> nodes.Null:
        return nodes.Null(start=start, end=end)

    def place(self, index: int) -> tuple[int, int]:
        """Offsets of a token."""
        return self.starts[index], self.ends[index]


def has_bad(value: Any) -> bool:
    """Whether a value of an option, or one in its list, could not be read."""
    if isinstance(value, list):
        return any(isinstance(item, nodes.Bad) for item in cast("list[Any]", value))
    return isinstance(value, nodes.Bad)
