"""Each operation over HTTP."""

from __future__ import annotations

import httpx2
import pytest

from .conftest import assert_error, data, post_text

PLAIN = """
FILTER AND (
    visitct > 5,
    lastvisit_ts >= "now-30d"
)
ALIAS Our_Test_ActiveList
"""
CONTENT = """
FILTER AND (EXISTS imageurls, aspects = "article")
FROM content
WITH
   name = "Recent Articles", description = "New ones", is_public = true, kind = "goal"
ALIAS recent_articles
"""
JSON = {
    "name": "Most Active Users",
    "segment_ql": 'FILTER AND (visitct > 5,lastvisit_ts >= "now-30d")',
    "slug_name": "our_test_activelist",
    "is_public": True,
    "description": "what this is for",
    "tags": ["email", "product"],
}


class TestValidate:
    PATH = "/api/segment/validate"

    def test_text(self, http: httpx2.Client) -> None:
        response = post_text(http, "FILTER visitct > 10", self.PATH)
        assert response.status_code == 200
        assert response.json() == {"status": 200, "message": "success", "data": None}

    @pytest.mark.parametrize("name", ["segment_ql", "filter_ql"])
    def test_json(self, http: httpx2.Client, name: str) -> None:
        assert http.post(self.PATH, json={name: "FILTER visitct > 10"}).status_code == 200
        assert_error(http.post(self.PATH, json={name: "FILTER AND ("}), 400)

    def test_a_mistake_has_its_place(self, http: httpx2.Client) -> None:
        assert_error(
            post_text(http, "FILTER AND (\n  a > 1,\n  b > > 2\n)", self.PATH), 400, "3:7 "
        )

    @pytest.mark.parametrize("text", ["", "  -- nothing\n", "FILTER a > 1 ALIAS a\nFILTER b > 1"])
    def test_one_statement_is_taken(self, http: httpx2.Client, text: str) -> None:
        assert_error(post_text(http, text, self.PATH), 400, "statement")

    def test_json_without_a_filter(self, http: httpx2.Client) -> None:
        assert_error(http.post(self.PATH, json={"name": "x"}), 400, "segment_ql")

    def test_nothing_is_stored(self, http: httpx2.Client) -> None:
        post_text(http, PLAIN, self.PATH)
        assert data(http.get("/api/segment")) == []


class TestCreateText:
    def test_create_then_update(self, http: httpx2.Client) -> None:
        created = data(post_text(http, PLAIN), 201)
        assert created["slug_name"] == "our_test_activelist"
        assert created["name"] == "Our_Test_ActiveList"
        assert (created["kind"], created["table"]) == ("segment", "user")
        assert "visitct > 5" in str(created["segment_ql"])
        updated = data(post_text(http, PLAIN.replace("> 5", "> 6").lower()), 200)
        assert updated["id"] == created["id"]
        assert "visitct > 6" in str(updated["segment_ql"])
        assert len(data(http.get("/api/segment"))) == 1

    def test_clauses_become_fields(self, http: httpx2.Client) -> None:
        created = data(post_text(http, CONTENT), 201)
        expected = {
            "slug_name": "recent_articles",
            "name": "Recent Articles",
            "description": "New ones",
            "is_public": True,
            "kind": "goal",
            "table": "content",
        }
        assert expected.items() <= created.items()

    def test_a_charset_is_fine(self, http: httpx2.Client) -> None:
        headers = {"Content-Type": "Text/Plain; charset=UTF-8"}
        text = 'FILTER name = "Zoë" ALIAS zoe'
        created = data(http.post("/api/segment", content=text.encode(), headers=headers), 201)
        assert "Zoë" in str(created["segment_ql"])

    @pytest.mark.parametrize(
        ("text", "in_message"),
        [
            ("FILTER a > 1", "ALIAS"),
            ("FILTER a > 1 ALIAS a\nFILTER b > 1 ALIAS b", "2:1 "),
            ("", "1:1 "),
            ("FILTER AND (", "1:"),
            ("FILTER a > 1 WITH kind = odd ALIAS a", "no kind 'odd'"),
        ],
    )
    def test_refused(self, http: httpx2.Client, text: str, in_message: str) -> None:
        assert_error(post_text(http, text), 400, in_message)
        assert data(http.get("/api/segment")) == []


class TestCreateJson:
    def test_create(self, http: httpx2.Client) -> None:
        created = data(http.post("/api/segment", json=JSON), 201)
        assert JSON.items() <= created.items()
        assert data(http.get("/api/segment/our_test_activelist")) == created

    @pytest.mark.parametrize(
        ("payload", "slug"),
        [
            ({"slug_name": "Mine", "name": "N", "segment_ql": "FILTER a ALIAS other"}, "mine"),
            ({"name": "N", "segment_ql": "FILTER a ALIAS Other"}, "other"),
            ({"name": " Most Active, Users! ", "segment_ql": "FILTER a"}, "most_active_users"),
            ({"slug_name": "", "name": "n", "filter_ql": "FILTER a"}, "n"),
        ],
    )
    def test_slug(self, http: httpx2.Client, payload: dict[str, str], slug: str) -> None:
        assert data(http.post("/api/segment", json=payload), 201)["slug_name"] == slug

    def test_the_table_is_given_or_written(self, http: httpx2.Client) -> None:
        payload = {"name": "a", "segment_ql": "FILTER a FROM content"}
        assert data(http.post("/api/segment", json=payload), 201)["table"] == "content"
        payload = {"name": "b", "table": "account", "segment_ql": "FILTER a"}
        assert data(http.post("/api/segment", json=payload), 201)["table"] == "account"

    def test_no_kind_is_the_usual_one(self, http: httpx2.Client) -> None:
        assert data(http.post("/api/segment", json=JSON | {"kind": ""}), 201)["kind"] == "segment"

    def test_the_names_of_both_documents(self, http: httpx2.Client) -> None:
        post_text(http, "FILTER AND (inner > 1, other.key = 2) ALIAS inner_one")
        payload = {"name": "a", "filter_ql": "FILTER AND (outer > 1, NOT INCLUDE inner_one)"}
        created = data(http.post("/api/segment", json=payload), 201)
        assert created["slug"] == created["slug_name"] == "a"
        assert created["filter_ql"] == created["segment_ql"] == payload["filter_ql"]
        assert created["modified"] == created["updated"]
        assert created["fields"] == ["inner", "other.key", "outer"]
        assert created["size"] == 0

    def test_a_taken_slug(self, http: httpx2.Client) -> None:
        http.post("/api/segment", json=JSON)
        again = JSON | {"slug_name": "OUR_TEST_ACTIVELIST"}
        assert_error(http.post("/api/segment", json=again), 409, "our_test_activelist")

    @pytest.mark.parametrize(
        ("change", "in_message"),
        [
            ({"segment_ql": None}, "segment_ql"),
            ({"segment_ql": 5}, "$.segment_ql"),
            ({"segment_ql": "FILTER AND ("}, "1:"),
            ({"name": ["x"]}, "$.name"),
            ({"tags": "x"}, "$.tags"),
            ({"tags": [1]}, "$.tags[0]"),
            ({"is_public": "yes"}, "$.is_public"),
            ({"slug_name": "a/b"}, "slug_name"),
            ({"slug_name": ".."}, "slug_name"),
            ({"kind": "odd"}, "no kind 'odd'"),
            ({"slug_name": None, "name": "!"}, "needs a name"),
        ],
    )
    def test_refused(self, http: httpx2.Client, change: dict[str, object], in_message: str) -> None:
        assert_error(http.post("/api/segment", json=JSON | change), 400, in_message)


class TestList:
    def test_by_table(self, http: httpx2.Client) -> None:
        post_text(http, PLAIN)
        post_text(http, CONTENT)

        def slugs(**query: str) -> list[str]:
            return [each["slug_name"] for each in data(http.get("/api/segment", params=query))]

        assert slugs() == slugs(table="user") == ["our_test_activelist"]
        assert slugs(table="content") == ["recent_articles"]
        assert slugs(table="none") == []

    def test_by_validity(self, http: httpx2.Client) -> None:
        post_text(http, PLAIN)
        counts = {
            valid: len(data(http.get("/api/segment", params={"valid": valid})))
            for valid in ("all", "True", "true", "false")
        }
        assert counts == {"all": 1, "True": 1, "true": 1, "false": 0}
        assert_error(http.get("/api/segment", params={"valid": "maybe"}), 400, "valid")


class TestFetchUpdateDelete:
    def test_fetch_by_id_or_slug(self, http: httpx2.Client) -> None:
        created = data(post_text(http, PLAIN), 201)
        for name in (created["id"], "our_test_activelist", "OUR_test_activelist"):
            assert data(http.get(f"/api/segment/{name}")) == created

    def test_a_partial_update(self, http: httpx2.Client) -> None:
        created = data(http.post("/api/segment", json=JSON), 201)
        path = f"/api/segment/{created['id']}"
        changed = data(http.put(path, json={"description": "new", "tags": [], "name": None}))
        now = changed["updated"]
        expected = created | {"description": "new", "tags": [], "updated": now, "modified": now}
        assert changed == expected
        assert data(http.put(path, json={"filter_ql": "FILTER b"}))["segment_ql"] == "FILTER b"

    def test_an_update_as_text(self, http: httpx2.Client) -> None:
        created = data(post_text(http, PLAIN), 201)
        headers = {"Content-Type": "text/plain"}
        text = CONTENT.replace("recent_articles", "renamed").encode()
        path = "/api/segment/our_test_activelist"
        changed = data(http.put(path, content=text, headers=headers))
        assert changed["id"] == created["id"]
        assert changed["slug_name"] == "renamed"
        assert (changed["name"], changed["table"]) == ("Recent Articles", "content")

    @pytest.mark.parametrize(
        "change",
        [{"name": 5}, {"tags": "x"}, {"is_public": 1}, {"segment_ql": "FILTER AND ("}, []],
    )
    def test_a_bad_update_changes_nothing(self, http: httpx2.Client, change: object) -> None:
        created = data(http.post("/api/segment", json=JSON), 201)
        assert_error(http.put("/api/segment/our_test_activelist", json=change), 400)
        assert data(http.get("/api/segment/our_test_activelist")) == created

    def test_a_taken_slug(self, http: httpx2.Client) -> None:
        post_text(http, PLAIN)
        http.post("/api/segment", json=JSON | {"slug_name": "other"})
        change = {"slug_name": "Our_test_activelist"}
        assert_error(http.put("/api/segment/other", json=change), 409)
        change = {"slug_name": "OTHER"}
        assert data(http.put("/api/segment/other", json=change))["slug_name"] == "other"

    def test_delete(self, http: httpx2.Client) -> None:
        post_text(http, PLAIN)
        response = http.delete("/api/segment/our_test_activelist")
        assert (response.status_code, response.content) == (204, b"")
        assert_error(http.delete("/api/segment/our_test_activelist"), 404)
        assert data(http.get("/api/segment")) == []

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
    def test_unknown(self, http: httpx2.Client, method: str) -> None:
        body = {} if method == "PUT" else None
        assert_error(http.request(method, "/api/segment/nobody", json=body), 404, "nobody")
