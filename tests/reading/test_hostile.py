"""Input that is built to take long, take all memory or overflow the stack is read all the same.

At these sizes a reader that looks again and again for what closes a bracket would hold up the whole run for minutes.
"""

from __future__ import annotations

import pytest

from service.model import Dialect, Site, Source
from service.reading import read

_CASES = {
    "quotes": ">" * 100_000,
    "lists": "- " * 50_000,
    "lists a line deeper each": "".join("  " * depth + "- a\n" for depth in range(500)),
    "brackets": "[" * 5_000_000,
    "paragraphs of brackets": ("[" * 2_900 + "\n\n") * 60,
    "paragraphs of images": ("![" * 1_900 + "\n\n") * 60,
    "nested notes": ("^[" * 300 + "a" + "]" * 300 + "\n\n") * 5,
    "nested images": ("![" * 300 + "a" + "](x)" * 300 + "\n\n") * 5,
    "open math": "$$a\n" * 15_000,
    "definitions": "".join(f"[r{n}]: /u{n}\n" for n in range(10_000)),
    "open declarations": "<div>\n" + "<!a " * 100_000,
    "open instructions": "<?" * 100_000,
    "open tags": "<div>\n" + "<a b='" * 50_000,
    "closing brackets of a URL": "https://a." + ")" * 150_000,
    "open attributes": "{#a " * 40_000,
    "open tags of Liquid": "{%" * 300_000,
    "raw": "{% raw %}\n" * 10_000,
    "open shortcodes": "{{< highlight go >}}\n" * 10_000,
    "open comments of MDX": "{/*" * 30_000,
    "wide table": "|" + "a|" * 1_000 + "\n|" + "-|" * 1_000 + "\n" + "|\n" * 50,
    "dotted keys": "+++\n" + ".".join("a" * 90_000) + " = 1\n+++\n",
    "keys given twice": "---\n" + "".join(f"k{n}: v\nk{n}: w\n" for n in range(5_000)) + "---\n",
    "huge front matter": "---\n" + "k: v\n" * 100_000 + "---\n",
    "blanks in names and tags": '---\nauthor: "a' + " " * 90_000 + 'b"\ntags: "a' + " " * 90_000 + 'b"\n---\n',
    "schemes": "://" * 60_000,
    "items above tables of contents": "* x\n{:toc}\n" * 4_000,
    "open embeds": "![[" * 2_900,
    "wrapped links": "[[a" * 900 + "]]" * 900,
    "open fields": "[k:: v" * 2_900,
    "open formulas": "\\\\(" * 6_000 + "\\(" * 6_000 + "\\[" * 6_000,
    "stars within Chinese": "字**" * 8_000,
    "open scripts": "<% " * 30_000,
    "comments of kramdown": "{::comment}\n" * 20_000,
    "attribute lists": "{:a}" * 30_000 + "\n" + "{:a}\n" * 20_000,
    "rows of a table": "|a|b|\n" * 4_000,
    "lines of a table": "|---|\n" * 5_000,
    "quoted arguments": '{{< a "' * 20_000,
    "raw arguments": "{{< a `>}}" * 20_000,
    "Markdown within HTML": "<div>" + "**a `b` [c](" * 900,
    "divisions": "<div markdown=1>\n" * 4_000,
    "lines of text": "字\n" * 8_000,
    "a long description": "---\ndescription: |\n" + "  字\n" * 40_000 + "---\n",
}


@pytest.mark.parametrize("name", _CASES)
@pytest.mark.parametrize("dialect", [Dialect.HUGO, Dialect.JEKYLL, Dialect.OBSIDIAN])
def test_hostile_input_is_read_in_one_go(name: str, dialect: Dialect) -> None:
    document = read(Source("a.md", _CASES[name]), Site("s", dialect))
    assert "\n\n".join(document.slice(block.span) for block in document.blocks) == document.text


def test_what_is_too_knotted_or_too_long_is_told_of() -> None:
    knotted = read(Source("a.md", _CASES["paragraphs of brackets"]), Site("s"))
    long = read(Source("a.md", _CASES["huge front matter"]), Site("s"))
    assert [problem.detail.split(":")[0] for problem in (*knotted.problems, *long.problems)] == [
        "a paragraph is too long or has too many brackets to be parsed",
        "the front matter is longer than 200000 characters and was left out",
    ]
