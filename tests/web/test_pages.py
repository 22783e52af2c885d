"""The pages as HTTP sends them: what may be kept, what may run."""

from __future__ import annotations

import re

import httpx2
import pytest

from service.web.pages import VIEWS

PATHS = [path.replace("{id}", "anything") for path in VIEWS]


@pytest.mark.parametrize("path", PATHS)
def test_every_view_is_the_same_page_that_runs_only_what_comes_from_here(site: httpx2.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert answer.text == site.get("/").text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_holds_no_script_or_style_of_its_own(site: httpx2.Client) -> None:
    for path in ("/", "/admin"):
        page = site.get(path).text
        assert not re.search(r"<style|<script(?![^>]*src=)|\sstyle=|\son\w+=", page)


def test_files_are_kept_for_good_under_the_address_of_their_version(site: httpx2.Client) -> None:
    script = re.search(r"/static/\w+/app\.js", site.get("/").text)
    assert script
    answer = site.get(script[0])
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    older = site.get("/static/0/app.js")
    assert (older.status_code, older.headers["cache-control"]) == (200, "no-cache")


def test_a_page_that_is_unchanged_is_not_sent_again(site: httpx2.Client) -> None:
    etag = site.get("/").headers["etag"]
    assert site.get("/", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", ["/static/0/nothing.js", "/static/0/../pages.py", "/static/0/%2e%2e/pages.py"])
def test_no_file_outside_the_folder_is_sent(site: httpx2.Client, path: str) -> None:
    assert site.get(path, follow_redirects=True).status_code == 404


def test_any_site_may_load_the_widget(site: httpx2.Client) -> None:
    answer = site.get("/widget.js", headers={"Origin": "https://any.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"].startswith("text/javascript")


def test_an_address_that_is_no_view_is_still_a_problem(site: httpx2.Client) -> None:
    answer = site.get("/no-such-view")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_every_module_of_the_first_page_is_asked_for_at_once(site: httpx2.Client) -> None:
    page = site.get("/").text
    loaded, waiting = set(), ["app.js"]
    prefix = re.search(r"/static/\w+/", page)
    assert prefix
    while waiting:
        name = waiting.pop()
        loaded.add(name)
        source = site.get(prefix[0] + name).text
        imported = re.findall(r"from \"\./([\w-]+\.js)\"", source)
        waiting += [one for one in imported if one not in loaded]
    assert loaded - {"app.js"} == set(re.findall(r"modulepreload\" href=\"/static/\w+/([\w-]+\.js)", page))
