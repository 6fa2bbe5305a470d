"""The page for people."""

from __future__ import annotations

from html.parser import HTMLParser

import httpx2

from segql.emulator import Setup

from .conftest import TOKEN, assert_error, calling, collect, post_text


class Reader(HTMLParser):
    """All tags with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += f"{data} "

    def attributes(self, tag: str, name: str) -> list[str | None]:
        return [found[name] for each, found in self.tags if each == tag and name in found]


def page(http: httpx2.Client) -> Reader:
    response = http.get("/")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    return Reader(response.text)


def test_segments_sizes_and_who_includes_whom(fresh: httpx2.Client) -> None:
    assert "0 segments" in page(fresh).text
    for number in range(12):
        collect(fresh, {"user_id": number, "visits": number})
    post_text(fresh, "FILTER visits > 4 ALIAS often")
    post_text(fresh, "FILTER AND (INCLUDE often, INCLUDE gone) ALIAS both")
    found = page(fresh)
    assert "2 segments" in found.text
    assert "12 profiles in  user" in found.text
    assert found.attributes("tr", "id") == ["often", "both"]
    assert found.attributes("a", "href").count("#often") == 2  # in the table and in the graph
    assert [tag for tag, _ in found.tags].count("path") == 2
    assert found.attributes("rect", "class") == ["missing"]
    assert " 7 " in found.text


def test_a_segment_stands_right_of_all_that_include_it(fresh: httpx2.Client) -> None:
    post_text(fresh, "FILTER a > 1 ALIAS one")
    post_text(fresh, "FILTER INCLUDE one ALIAS two")
    post_text(fresh, "FILTER AND (INCLUDE two, INCLUDE one) ALIAS three")
    found = page(fresh)
    places = [int(str(x)) for x in found.attributes("rect", "x")]
    links = [str(link) for link in found.attributes("a", "href")][-3:]
    order = [link for _, link in sorted(zip(places, links, strict=True))]
    assert order == ["#three", "#two", "#one"]
    assert len({*places}) == 3


def test_circles(fresh: httpx2.Client) -> None:
    for one, other in ("ab", "bc", "ca", "dd"):
        post_text(fresh, f"FILTER INCLUDE {other} ALIAS {one}")
    assert [tag for tag, _ in page(fresh).tags].count("path") == 4


def test_everything_is_escaped(fresh: httpx2.Client) -> None:
    evil = '<script>alert("x")</script>&"\''
    body = {"slug_name": evil.replace("/", ""), "name": evil, "segment_ql": f"FILTER a = '{evil}'"}
    body["segment_ql"] = 'FILTER a = "<script>" -- </code><script>'
    assert fresh.post("/api/segment", json=body).status_code == 201
    include = {"name": "b", "segment_ql": 'FILTER in_segment("<img src=x>")'}
    assert fresh.post("/api/segment", json=include).status_code == 201
    collect(fresh, {"url": "x"}, "content")
    found = page(fresh)
    assert not {tag for tag, _ in found.tags} & {"script", "img", "link", "iframe"}
    assert evil in found.text
    assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)


def test_nothing_is_loaded(fresh: httpx2.Client) -> None:
    post_text(fresh, "FILTER INCLUDE b ALIAS a")
    found = page(fresh)
    assert not found.attributes("img", "src") + found.attributes("link", "href")
    assert all(
        str(link).startswith(("#", "openapi.json")) for link in found.attributes("a", "href")
    )


def test_it_is_guarded_like_the_account() -> None:
    with calling(Setup(token=TOKEN)) as http:
        url = str(http.base_url)
        assert page(http)
        assert httpx2.get(url, params={"key": TOKEN}, trust_env=False).status_code == 200
        assert_error(httpx2.get(url, trust_env=False), 401)
        assert_error(httpx2.get(url, params={"key": "other"}, trust_env=False), 401)
    with calling() as http:  # who may come in with any token may see it without one
        assert httpx2.get(str(http.base_url), trust_env=False).status_code == 200


def test_it_is_only_read(fresh: httpx2.Client) -> None:
    assert fresh.head("/").status_code == 200
    response = fresh.post("/")
    assert_error(response, 405)
    assert response.headers["allow"] == "GET, HEAD"
