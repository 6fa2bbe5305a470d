"""Lay statements out: what fits on a line stays on it, the rest goes one part a line.

Comments are not in the tree. They are kept in a list sorted by place, and one cursor merges them
in: before a part is written, the comments that stand before it are; after it, those on its line.
"""

from __future__ import annotations

from segql.formatter import spelling
from segql.formatter.flat import OPENERS, flat
from segql.syntax import nodes as n
from segql.syntax.comments import block_above, with_line_feeds
from segql.syntax.parser import ParsedFile

LINE_LENGTH = 88
INDENT = 4

_CLOSING = " \t,)]"


def layout(parsed: ParsedFile, line_length: int = LINE_LENGTH) -> str:
    """The canonical text of a file that was read without errors.

    ``line_length`` is in characters. Raises `UnsayableError` for a tree that no text can say.
    """
    return _Layout(parsed, line_length).run()


def statement_text(statement: n.Statement, line_length: int = LINE_LENGTH) -> str:
    """The canonical text of one statement, without comments and without a final line break."""
    from segql.source import SourceFile

    alone = ParsedFile(SourceFile(""), (statement,), (), ())
    return _Layout(alone, line_length).run().rstrip("\n")


class _Layout:
    def __init__(self, parsed: ParsedFile, line_length: int) -> None:
        self.parsed = parsed
        self.text = with_line_feeds(parsed.source.text)
        self.comments = parsed.comments
        self.next_comment = 0
        self.line_length = line_length
        self.line_break = "\r\n" if "\r\n" in self.text else "\n"
        self.pieces: list[str] = []
        self.column = 0
        self.flats: dict[int, str] = {}
        self.previous_end: int | None = None  # of the statement written last

    def run(self) -> str:
        statements = self.parsed.statements
        for index, statement in enumerate(statements):
            self.above(statement)
            self.statement(statement)
            following = statements[index + 1 : index + 2]
            self.end_of_line(statement.end, following[0].start if following else len(self.text))
            self.previous_end = max(statement.end, self.last_comment_end())
        self.rest()
        written = "".join(self.pieces)
        return written + self.line_break if written else ""

    # ---- writing ---------------------------------------------------------------------

    def write(self, piece: str) -> None:
        self.pieces.append(piece)
        _, line_break, last = piece.rpartition("\n")
        self.column = len(last) if line_break else self.column + len(piece)

    def new_line(self, indent: int) -> None:
        self.pieces.append(self.line_break + " " * indent)
        self.column = indent

    def flat(self, node: n.Node) -> str:
        """The node on one line; asked for on each level above it, and so remembered."""
        text = self.flats.get(id(node))
        if text is None:
            match node:
                case n.And(phrases) | n.Or(phrases):
                    text = f"{OPENERS[type(node)]}{', '.join([self.flat(p) for p in phrases])})"
                case n.Not(n.And() | n.Or() as inner):
                    text = f"NOT {self.flat(inner)}"
                case _:
                    text = flat(node)
            self.flats[id(node)] = text
        return text

    def fits(self, piece: str) -> bool:
        return "\n" not in piece and self.column + len(piece) <= self.line_length

    def last_comment_end(self) -> int:
        return self.comments[self.next_comment - 1].end if self.next_comment else 0

    # ---- comments --------------------------------------------------------------------

    def pending(self, before: int) -> n.Comment | None:
        """The next comment, if it begins before an offset."""
        if self.next_comment == len(self.comments):
            return None
        comment = self.comments[self.next_comment]
        return comment if comment.start < before else None

    def take(self, comment: n.Comment) -> None:
        self.write(comment.text)
        self.next_comment += 1

    def own_lines(self, before: int, indent: int) -> None:
        """Each pending comment on a line of its own, above what is written next."""
        while comment := self.pending(before):
            self.new_line(indent)
            self.take(comment)

    def end_of_line(self, after: int, before: int) -> None:
        """The pending comments that end the line of what was just written."""
        while (comment := self.pending(before)) and self.ends_line(after, comment, before):
            self.write("  ")
            self.take(comment)
            if not comment.text.startswith("/*"):
                return

    def ends_line(self, after: int, comment: n.Comment, before: int) -> bool:
        if "\n" in self.text[after : comment.start]:
            return False
        if not comment.text.startswith("/*") or before == len(self.text):
            return True
        # A block comment belongs to what follows it on its line, unless only brackets do.
        remainder = self.text[comment.end : before]
        return "\n" in remainder or (remainder.strip() != "" and not remainder.strip(_CLOSING))

    # ---- between statements ----------------------------------------------------------

    def above(self, statement: n.Statement) -> None:
        """The comments above a statement, with the blank lines that set its description apart."""
        block = block_above(self.text, self.comments, statement.start)
        described_from = block[0].start if block else statement.start
        previous = self.previous_end
        while comment := self.pending(statement.start):
            self.separate(previous, comment.start, must=comment.start == described_from)
            previous = comment.end
            self.take(comment)
        self.separate(previous, statement.start, must=not block)

    def separate(self, previous: int | None, start: int, must: bool) -> None:
        """Go to a new line, past a blank one where the text has one or must have one."""
        if previous is None:
            return
        is_blank = must or self.text.count("\n", previous, start) > 1
        self.pieces.append(self.line_break * (2 if is_blank else 1))
        self.column = 0

    def rest(self) -> None:
        """The comments after the last statement."""
        previous = self.previous_end
        while comment := self.pending(len(self.text)):
            self.separate(previous, comment.start, must=False)
            previous = comment.end
            self.take(comment)

    # ---- statements ------------------------------------------------------------------

    def statement(self, statement: n.Statement) -> None:
        whole = " ".join(("FILTER", self.flat(statement.filter), *map(flat, statement.clauses)))
        if self.fits(whole) and not self.pending(statement.end):
            self.write(whole)
        else:
            self.filter(statement.filter)
            end = statement.filter.end
            for part in statement.clauses:
                self.end_of_line(end, part.start)
                self.clause(part)
                end = part.end

    def filter(self, phrase: n.Phrase) -> None:
        self.write("FILTER")
        if isinstance(phrase, n.MatchAll):  # the server wants it on the line of FILTER
            self.write(" *")
        elif self.pending(_inner_start(phrase)):
            # Above FILTER these comments would become part of the description.
            self.own_lines(_inner_start(phrase), INDENT)
            self.new_line(INDENT)
            self.phrase(phrase, INDENT)
        else:
            self.write(" ")
            self.phrase(phrase, 0)

    def clause(self, part: n.Clause) -> None:
        pairs = spelling.options(part.options) if isinstance(part, n.With) else None
        self.own_lines(part.start if pairs else part.end, 0)
        self.new_line(0)
        text = flat(part)
        if pairs and isinstance(part, n.With) and self.is_broken(text, part.end):
            self.options(part, pairs)
        elif isinstance(part, n.With) and not self.fits(text):
            lines = spelling.options_json(part.options, INDENT).splitlines()
            self.write(f"WITH {self.line_break.join(lines)}")
        else:
            self.write(text)

    def options(self, part: n.With, pairs: list[str]) -> None:
        self.write("WITH")
        for index, (option, pair) in enumerate(zip(part.options, pairs, strict=True)):
            is_last = index == len(pairs) - 1
            self.own_lines(option.end, INDENT)
            self.new_line(INDENT)
            self.write(pair if is_last else f"{pair},")
            if not is_last:
                self.end_of_line(option.end, part.options[index + 1].start)

    # ---- phrases ---------------------------------------------------------------------

    def is_broken(self, piece: str, end: int) -> bool:
        return not self.fits(piece) or self.pending(end) is not None

    def phrase(self, node: n.Node, indent: int, follow: str = "") -> None:
        """Write a phrase and what follows it, over several lines where it has to be."""
        whole = self.flat(node) + follow
        if not self.is_broken(whole, node.end):
            self.write(whole)
            return
        match node:
            case n.And(phrases) | n.Or(phrases) if phrases or self.pending(node.end):
                self.broken_list(OPENERS[type(node)], node, phrases, indent)
                self.write(follow)
            case n.Not(n.And() | n.Or() as inner):
                self.write("NOT ")
                self.phrase(inner, indent, follow)
            case n.Membership(right=n.Array(items) as array) if items:
                self.write(whole[: -len(flat(array) + follow)] + "(")
                self.values(array, indent)
                self.write(f"){follow}")
            case n.Not(n.Membership(right=n.Array(items) as array)) if items:
                self.negated_membership(node, array, indent, follow)
            case n.Comparison(left, operator, right):
                self.operand(left, indent, f" {operator} ")
                self.operand(right, indent, follow)
            case n.Not(n.Comparison(n.Call()) as inner):
                self.write("NOT (")
                self.phrase(inner, indent, f"){follow}")
            case _:
                self.operand(node, indent, follow)

    def operand(self, node: n.Node, indent: int, follow: str) -> None:
        """Write an operand; the arguments of a function that does not fit go one a line."""
        whole = self.flat(node) + follow
        if not isinstance(node, n.Call) or not node.arguments or self.fits(whole):
            self.write(whole)
            return
        inner = indent + INDENT
        self.write(f"{spelling.function(node.name)}(")
        for left, argument in enumerate(node.arguments, 1 - len(node.arguments)):
            self.new_line(inner)
            # No comma after the last, for the server's sake.
            self.operand(argument, inner, "," if left else "")
        self.new_line(indent)
        self.write(f"){follow}")

    def negated_membership(self, node: n.Not, array: n.Array, indent: int, follow: str) -> None:
        before, _, after = self.flat(node).rpartition(flat(array))
        self.write(before + "(")
        self.values(array, indent)
        self.write(f"){after}{follow}")

    def broken_list(
        self, opener: str, node: n.And | n.Or, phrases: tuple[n.Phrase, ...], indent: int
    ) -> None:
        inner = indent + INDENT
        self.write(opener)
        first = _inner_start(phrases[0]) if phrases else node.end
        self.end_of_line(node.start, first)
        for index, phrase in enumerate(phrases):
            self.own_lines(_inner_start(phrase), inner)
            self.new_line(inner)
            self.phrase(phrase, inner, ",")
            following = phrases[index + 1 : index + 2]
            self.end_of_line(phrase.end, following[0].start if following else node.end)
        self.own_lines(node.end, inner)
        self.new_line(indent)
        self.write(")")

    def values(self, array: n.Array, indent: int) -> None:
        """The values of a long IN, one a line; no comma after the last, for the server's sake."""
        inner = indent + INDENT
        self.end_of_line(array.start, array.items[0].start)
        for index, item in enumerate(array.items):
            following = array.items[index + 1 : index + 2]
            self.own_lines(item.end, inner)
            self.new_line(inner)
            self.write(self.flat(item) + ("," if following else ""))
            self.end_of_line(item.end, following[0].start if following else array.end)
        self.own_lines(array.end, inner)
        self.new_line(indent)


def _inner_start(phrase: n.Phrase) -> int:
    """Up to here a comment goes above the phrase: what has no inner lines cannot hold one."""
    match phrase:
        case n.And() | n.Or():
            return phrase.start
        case n.Not(n.And() | n.Or() as inner):
            return _inner_start(inner)
        case n.Membership(right=n.Array(items) as array) if items:
            return array.start
        case n.Not(n.Membership(right=n.Array(items) as array)) if items:
            return array.start
        case _:
            return phrase.end
