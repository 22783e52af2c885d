"""Posts that are built to take long, take all memory, or run something."""

from __future__ import annotations

from tests.api.hostile import Attack, post

_LAUGHS = "a: &a [x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

POSTS = (
    Attack("YAML that laughs a billion times", post(f"---\n{_LAUGHS}---\n茶\n", "laughs.md"), "200 added 1"),
    Attack(
        "YAML that runs a command",
        post('---\na: !!python/object/apply:os.system ["id"]\n---\n茶\n', "run.md"),
        "200 added 1",
    ),
    Attack("YAML that holds itself", post("---\na: &a [*a]\n---\n茶\n", "itself.md"), "200 added 1"),
    Attack("YAML 100,000 lists deep", post("---\na: " + "[" * 100_000 + "\n---\n茶\n", "deep.md"), "200 added 1"),
    Attack("front matter of a megabyte", post("---\n" + "k: v\n" * 200_000 + "---\n茶\n", "front.md"), "200 added 1"),
    Attack("front matter that never ends", post("---\ntitle: 茶\n" + "字" * 100_000, "open.md"), "200 added 1"),
    Attack(
        "TOML 20,000 tables deep", post("+++\na = " + "{a = " * 20_000 + "\n+++\n茶\n", "deep-toml.md"), "200 added 1"
    ),
    Attack("JSON front matter 20,000 deep", post('{"a": ' * 20_000, "deep-json.md"), "200 added 1"),
    Attack("a date in the year 99999999", post("---\ndate: 99999999-13-45\n---\n茶\n", "date.md"), "200 added 1"),
    Attack(
        "a title that is a script", post("---\ntitle: <script>alert(1)</script>\n---\n茶\n", "script.md"), "200 added 1"
    ),
    Attack(
        "a title that is a template",
        post('---\ntitle: "{{ 7*7 }} ${7*7} {% raw %}"\n---\n茶\n', "tpl.md"),
        "200 added 1",
    ),
    Attack("a slug that leads out", post("---\nslug: ../../../etc/passwd\n---\n茶\n", "slug.md"), "200 added 1"),
    Attack("a million opening brackets", post("[" * 1_000_000, "brackets.md"), "200 added 1"),
    Attack("200,000 signs of quotation", post(">" * 200_000, "quotes.md"), "200 added 1"),
    Attack("20,000 stars and underlines", post("*a_" * 10_000, "stars.md"), "200 added 1"),
    Attack("30,000 open wiki-links", post("[[a|" * 30_000, "wiki.md"), "200 added 1"),
    Attack("30,000 open images", post("![](" * 30_000, "images.md"), "200 added 1"),
    Attack("200,000 digits", post("售出 " + "9" * 200_000 + " 台。", "digits.md"), "200 added 1"),
    Attack(
        "a Chinese number of 30,000 characters", post("共" + "一萬億" * 10_000 + "元。", "numeral.md"), "200 added 1"
    ),
    Attack("one sentence of 60,000 characters", post("林美玲說，" + "茶葉好，" * 15_000, "sentence.md"), "200 added 1"),
    Attack("30,000 combining marks on one letter", post("a" + "\u0301" * 30_000, "marks.md"), "200 added 1"),
    Attack(
        "text that runs from right to left and back",
        post("\u202e茶葉\u202c\u2066價\u2069 \u200f元", "rtl.md"),
        "200 added 1",
    ),
    Attack("spaces of no width within a name", post("林\u200b美\u200b玲說，茶\ufeff很好。", "zero.md"), "200 added 1"),
    Attack("a table of 6,000 rows", post("|a|\n|-|\n" + "|1|\n" * 6_000, "table.md"), "200 added 1"),
    Attack("20,000 shortcodes that are not closed", post("{{< a " * 20_000, "codes.md"), "200 added 1"),
    Attack(
        "an address of a file on the server", post("![[/etc/passwd]] ![](file:///etc/passwd)", "file.md"), "200 added 1"
    ),
)
