"""Results as JUnit's XML, as GitLab and Jenkins read it: a suite a file, a test a case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from xml.etree import ElementTree as Xml

from segql.cases.reading import SUFFIX
from segql.cases.running import Result

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_of_file = attrgetter("path")


def render(results: Sequence[Result]) -> str:
    """The XML document."""
    root = Xml.Element("testsuites", _counts(results))
    for path, group in groupby(sorted(results, key=_of_file), key=_of_file):
        root.append(_suite(_clean(path), [*group]))
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, "unicode")}\n'


def _suite(path: str, results: Sequence[Result]) -> Xml.Element:
    suite = Xml.Element("testsuite", {"name": path, "file": path, **_counts(results)})
    times: Counter[str] = Counter()
    for result in results:
        name = _clean(": ".join(filter(None, (result.segment, result.name))))
        times[name] += 1  # GitLab passes over a second test of the same name
        name += f" ({times[name]})" if times[name] > 1 else ""
        case = Xml.SubElement(
            suite, "testcase", {"classname": path.removesuffix(SUFFIX), "name": name}
        )
        if result.message:
            text = "\n".join((f"{result.path}:{result.line}", *result.why))
            failure = Xml.SubElement(case, "failure", {"message": _clean(result.message)})
            failure.text = _clean(text)
    return suite


def _counts(results: Sequence[Result]) -> dict[str, str]:
    failures = sum(bool(result.message) for result in results)
    return {"tests": f"{len(results)}", "failures": f"{failures}", "errors": "0"}


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold (its section 2.2)."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
