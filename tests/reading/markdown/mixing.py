"""Posts that mix all syntaxes, whole and broken: the same seed gives the same posts."""

from __future__ import annotations

import random

_WORDS = (
    *(
        "港口",
        "漁船回來了",
        "春天的海風",
        "停電三小時",
        "工厂",
        "电价上涨 5%",
        "老师说：「好」",
        "台灣",
        "數據",
        "𠮷野家",
    ),
    *("US$5 到 US$10", "$20~$30", "ABC corp", "3.5 GW", "🌱", "é", "（註）", "，", "。", "第 1 次"),
)
_INLINE = (
    *("**{}**", "*{}*", "***{}***", "__{}__", "_{}_", "~~{}~~", "=={}==", "`{}`", "`` {} ` ``", "<b>{}</b>", "<kbd>{}"),
    *(
        "[{}](/posts/a/)",
        '[{}]({{{{< relref "b.md" >}}}})',
        "[{}][r]",
        "![{}](/a.png)",
        "![{}|100](b.png)",
        "<a href='/c'>{}</a>",
    ),
    *("[[{}]]", "[[夾/{}#節|{}]]", "[[{}\\|{}]]", "![[{}.png|300x200]]", "![[{}#^b]]", "[[甲[[{}]]乙]]", "[[1]](/x)"),
    *(
        "{{{{< youtube {} >}}}}",
        '{{{{% tip "{}" %}}}}',
        "{{{{</* {} */>}}}}",
        "{{{{< mark >}}}}{}{{{{< /mark >}}}}",
        "{{{{ {} }}}}",
    ),
    *(
        "{{% include {} %}}",
        "{{% raw %}}{}{{% endraw %}}",
        "{{{{ page.{} | upcase }}}}",
        "{{% if x %}}{}{{% endif %}}",
        "{{::nomarkdown}}{}{{:/}}",
    ),
    *(
        "{}{{: .red}}",
        "{}{{#id}}",
        "%%{}%%",
        "<% {} %>",
        "^[{}]",
        "[^1]{}",
        "{} ^blk\n",
        "#領域/{}",
        "[鍵:: {}]",
        "鍵:: {}",
    ),
    *(
        "${}$",
        "$$x^{{{}}}$$",
        "\\\\({}_1\\\\)",
        "\\(a={}\\)",
        "&amp;{}&lt;",
        "&#20013;{}&nbsp;",
        "\\*{}\\*",
        "\\[{}\\]",
        "{}\\|{}",
    ),
    *(
        "https://a.example/{}?b=c&d",
        "<https://a.example/{}>",
        "<!-- {} -->",
        '<span class="x">{}</span>',
        "{}<br>{}",
        ":smile:{}",
    ),
    *(
        "<ruby>{}<rt>a</rt></ruby>",
        "<Tabs x={{{}}}>",
        "<script>{}</script>",
        "{}  \n{}",
        "{}\\\n{}",
        "{}\n{}",
        "{}\t{}",
        "{{/* {} */}}",
    ),
)
_BLOCK = (
    *(
        "{}",
        "# {}",
        "### {} {{#id .c}}",
        "{}\n===",
        "{}\n---",
        "> {}",
        "> [!tip]- {}\n> {}",
        ">> {}\n懶行{}",
        "- {}\n  - {}",
        "1. {}\n   {}",
    ),
    *(
        "- [ ] {}\n- [x] {}",
        "-\t{}\n\t- {}",
        "* {}\n\n  {}",
        "| {} | b |\n|---|:-:|\n| {} | \\| |",
        "a | b\n--|--\n{} | {}",
        "| {} | {} |",
    ),
    *(
        "```py\n{}\n\n  {}\n```",
        "~~~\n{}",
        "    {}\n    {}",
        "\t{}",
        "- a\n\n\t  {}",
        "$$\n{}\n$$",
        "\\\\[\n{}\n\\\\]",
        "```dataview\n{}\n```",
    ),
    *(
        "<div class='a'>{}<p>{}</p>\n</div>\n{}",
        "<details><summary>{}</summary>\n\n{}\n\n</details>",
        "<pre><code>{}\n &lt; {}</code></pre>",
    ),
    *(
        '<div markdown="1">\n{}\n</div>',
        "<table><tr><td>{} &amp; {}</td></tr></table>",
        "<!-- {}\n{} -->\n{}",
        "<style>{}</style>",
        "<svg>{}",
    ),
    *(
        "{{{{< notice tip >}}}}\n{}\n{{{{< /notice >}}}}",
        '{{{{% tab "{}" %}}}}{}{{{{% /tab %}}}}',
        "{{{{< highlight go >}}}}\n{}\n{{{{< /highlight >}}}}",
    ),
    *(
        "{{% highlight js %}}\n{}\n{{% endhighlight %}}",
        "{{% comment %}}{}{{% endcomment %}}{}",
        "* TOC\n{{:toc}}",
        "{}\n{{: .lead}}",
        "*[HTML]: {}",
    ),
    *(
        "詞{}\n: 義{}",
        "甲\n乙\n: {}",
        "[^1]: {}\n    {}",
        '[r]: /u "{}"',
        "%%\n{}\n\n{}\n%%\n{}",
        "::: tip {}\n{}\n:::",
        '!!! note "{}"\n    {}',
        "---",
    ),
    *(
        "{}\n^\n{}",
        'import X from "{}"',
        "<%*\n{}\n%>",
        "{{::comment}}\n{}\n{{:/comment}}",
        "　　{}\n　　{}",
        "> - {}\n>   ```\n>   {}\n>   ```",
        "|{}|\n|---\n|{}|",
    ),
)
_HEADS = (
    *(
        "",
        "",
        "",
        "---\ntitle: 海\n---\n",
        '\n---\ntitle: "港 \\"口\\""\nauthor: [漁夫, \'A & B\']\n---\n',
        "+++\ntitle = '風'\n+++\n",
        "\ufeff---\n標題: 山\n...",
    ),
    *("---\ndescription: >\n  第一行\n  第二行\n---\n", '{{"title": "J"}}\n', "---\ntitle: [未關\n---\n"),
)
_BREAKS = (
    "*",
    "`",
    "[",
    "]",
    "(",
    "<",
    ">",
    "|",
    "{",
    "}",
    "%",
    "$",
    "\\",
    "\n",
    "  ",
    "\t",
    "#",
    "~",
    "=",
    "&",
    "^",
    "!",
    "\n\n",
    ":",
    "-",
    "{{<",
    "%}",
)


def post(seed: int) -> str:
    """Return the post of `seed`, its newlines all LF."""
    chance = random.Random(seed)
    blocks = [_block(chance) for _ in range(chance.randint(1, 5))]
    body = "".join(block + chance.choice(("\n\n", "\n\n", "\n", "")) for block in blocks)
    return chance.choice(_HEADS) + (_broken(body, chance) if chance.random() < 0.5 else body)


def _block(chance: random.Random) -> str:
    block = _filled(chance.choice(_BLOCK), chance, 2)
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        first, mark = chance.choice((("> ", "> "), ("- ", "  "), ("1. ", "   "), (">", ">"), ("-\t", "\t")))
        block = first + block.replace("\n", "\n" + mark)
    return block


def _filled(shape: str, chance: random.Random, depth: int) -> str:
    slots = shape.count("{}")
    return shape.format(*(_inline(chance, depth) for _ in range(slots))) if slots else shape.format()


def _inline(chance: random.Random, depth: int) -> str:
    if depth and chance.random() < 0.6:
        parts = [_filled(chance.choice(_INLINE), chance, depth - 1) for _ in range(chance.randint(1, 2))]
        return chance.choice(("", "前", "字 ")) + "".join(parts)
    return chance.choice(_WORDS)


def _broken(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(_BREAKS) + text[at + chance.choice((0, 0, 1, 2)) :]
    return text
