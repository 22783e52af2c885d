"""Short posts of all sorts, in both scripts; some of them have something amiss, which is told with its line."""

from __future__ import annotations

from pathlib import Path

from service.model import Source

_SAID = (
    "「第 {n} 艘渡輪明年改用電力，」船務公司總經理何靜怡說，見 [[post-{m}]]。",
    "水库管理局称，{n} 号闸门的流量达到 {n}.5 亿立方米，参见[前一篇](post-{m}.md)。",
    "造紙廠的林廠長認為，{n} 號機的廢水回收率不會低於 {m}%。",
    "面包房 {n} 店去年卖出 {m} 万个月饼，营收约为 {n}00 万元。",
    "聯發科在竹北租下 {n} 層樓，月租 {m}0 萬元。",
    "据气象站记录，{n} 日下了 {m} 毫米的雨。",
)
_HEADS = (
    "---\ntitle: 第 {n} 篇筆記\ndate: 2025-0{d}-1{d}\ntags: [渡輪, 水庫]\n---\n",
    '+++\ntitle = "第 {n} 篇札记"\ndate = 2025-0{d}-0{d}\n+++\n',
    "# 第 {n} 天\n",
    "---\ntitle: 甲\ntitle: 第 {n} 次\n---\n",
    "---\ntitle: [{n}\n---\n",
)


def posts(number: int) -> list[Source]:
    """Return so many posts, each another one."""
    return [Source(f"posts/post-{n:03}.md", _post(n)) for n in range(number)]


def _post(n: int) -> str:
    head = _HEADS[n % len(_HEADS)].format(n=n, d=n % 9 + 1)
    return f"{head}\n{_SAID[n % len(_SAID)].format(n=n, m=n // 2)}\n"


def write(number: int, folder: Path) -> Path:
    """Write so many posts to files below a folder, with one file that is none, and return it."""
    for post in posts(number):
        file = folder / post.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(post.text, encoding="utf-8", newline="")
    (folder / "posts" / "broken.md").write_bytes(b"\0" * 100)
    return folder
