"""What stands within a line → prose of the open block, its links, and the media beside it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping

from markdown_it.token import Token

from service.model import Media, Place, Span
from service.reading.markdown import html
from service.reading.markdown.found import Body, FoundLink
from service.reading.markdown.images import without_size
from service.reading.markdown.lines import Lines
from service.reading.markdown.wikilinks import WikiLink
from service.reading.templates.calls import FILLER

_BREAKS = frozenset({"softbreak", "hardbreak"})
_NAMED = frozenset({"link_open", "image", "html_inline", "wiki", "url", "note"})  # read by the method of that name

_SHOWN = frozenset({"text_special", "code_inline", "math", "tag", "template"})  # of an image's description


class Inlines(ABC):
    """Reads inline tokens into the block that is open; what opens and closes blocks is the walk's over them."""

    def __init__(self, body: Body) -> None:
        self.body, self.prose = body, body.prose
        self.captions: list[tuple[Token, Lines]] = []
        self.notes: list[tuple[Token, Lines]] = []
        self.pending: list[FoundLink] = []  # links of the open block
        self.code: list[Span] = []  # of the open block
        self.anchor: FoundLink | None = None  # the link of an HTML anchor
        self.muted = ""  # the element whose text is not shown
        self.in_callout_title = False

    @abstractmethod
    def open(self) -> None:
        """Open a block."""

    @abstractmethod
    def split(self) -> None:
        """End the open block and go on in another one of its kind."""

    @abstractmethod
    def close(self) -> None:
        """Close the open block."""

    def settle(self, end: int) -> None:
        """Hand on the links and code of a block that ends at `end`."""
        for link in self.pending:
            link.start, link.end = min(link.start, end), min(link.end if link.end >= 0 else link.start, end)
            link.alias = link.alias or None
        self.body.links += self.pending
        self.body.code += [Span(start, min(stop, end)) for start, stop in self.code if start < min(stop, end)]
        self.pending, self.code, self.anchor = [], [], None

    def inline(self, tokens: Iterable[Token], lines: Lines, src: str) -> None:
        """Read the inline `tokens` of a block whose content is `src`."""
        for token in tokens:
            kind = token.type
            if kind == "text":
                if self.muted:
                    continue
                if token.content[:1] == FILLER and self.parts(token, src):
                    self.split()
                else:
                    self.text(token, lines, src)
            elif kind in _BREAKS:
                self.end_line()
            elif kind == "link_close":
                self.link_close()
            elif kind == "callout":
                self.in_callout_title = True
            elif kind in _NAMED:
                getattr(self, kind)(token, lines)
            else:
                self.other(token, lines, src)

    def parts(self, token: Token, src: str) -> bool:
        """Tell whether `token` is a whole line that a generator takes out: it parts what it stands between."""
        begin = int(token.meta["at"])
        end = begin + len(token.content)
        if token.content.strip(FILLER) or src[end : end + 1] not in ("", "\n"):
            return False
        alone = not src[src.rfind("\n", 0, begin) + 1 : begin].strip()
        return alone and not any(link.end < 0 for link in self.pending)

    def write(self, text: str, lines: Lines, at: int, raw: str = "") -> None:
        """Write text that stands at `at` of its block's content; `raw` is how the file writes it, where it differs."""
        if "\n" in text and not raw:
            for line in text.splitlines(keepends=True):
                if bare := line.rstrip("\n"):
                    self.write(bare, lines, at)
                if bare != line:
                    self.prose.write_break()
                at += len(line)
            return
        if lines.parted and (bar := text.find(lines.parted, 1)) > 0:
            self.write(text[:bar], lines, at)
            self.write(text[bar:], lines, at + bar)
            return
        if FILLER in text:
            for piece in _unfilled(text):
                self.prose.write(text[piece], *lines.place(at + piece.start))
            return
        self.prose.write(text, *lines.place(at))

    def end_line(self) -> None:
        """Break the line; the first line of a callout is its title and a block of its own."""
        if self.in_callout_title:
            self.in_callout_title = False
            self.close()
            self.open()
        else:
            self.prose.write_break()

    def text(self, token: Token, lines: Lines, src: str) -> None:
        """Write plain text."""
        content, at = token.content, token.meta["at"]
        if content and not src.startswith(content, at):
            at = max(src.find(content, max(at - 3, 0)), 0)
        self.write(content, lines, at)

    def other(self, token: Token, lines: Lines, src: str) -> None:
        """Write what shows text of its own kind: escapes, tags, code, math."""
        at = token.meta.get("at", 0)
        if token.type == "text_special":
            if not self.muted:
                self.write(token.content, lines, at + _escaped(token))
        elif token.type == "tag":
            self.write(token.content, lines, at)
        elif token.type in ("code_inline", "math"):
            at += len(token.markup)
            content = token.content
            if token.type == "code_inline" and not _same(src, at, content):
                at += 1
            self.verbatim(content, lines, at, src)
        elif token.type == "template":
            self.verbatim(token.content, lines, at, src)
        elif token.type == "escaped":
            start = self.prose.offset
            for begin, end in ((0, 3), (5, len(token.content) - 5), (len(token.content) - 3, len(token.content))):
                self.write(token.content[begin:end], lines, at + begin)
            self.code.append(Span(start, self.prose.offset))

    def verbatim(self, content: str, lines: Lines, at: int, src: str) -> None:
        """Write `content` as code."""
        start = self.prose.offset
        self.write(src[at : at + len(content)], lines, at)
        self.code.append(Span(start, self.prose.offset))

    def link_open(self, token: Token, lines: Lines) -> None:
        """Begin a Markdown link or autolink."""
        target = str(token.attrs.get("href", "")).replace(FILLER, "")
        self.begin_link("auto" if token.info == "auto" else "markdown", target, lines.place(token.meta["at"]))

    def begin_link(self, kind: str, target: str, place: Place) -> FoundLink:
        """Begin a link at the end of what is written."""
        heading = None
        if kind == "markdown" and target.startswith("#"):
            target, heading = "", target[1:]
        alias = "" if kind == "markdown" else None
        link = FoundLink(kind, target, alias, place.line, self.prose.offset, -1, heading)
        self.pending.append(link)
        return link

    def link_close(self) -> None:
        """End the Markdown link that began last."""
        link = next((link for link in reversed(self.pending) if link.end < 0 and link is not self.anchor), None)
        if link is not None:
            self.end_link(link)

    def end_link(self, link: FoundLink) -> None:
        """End `link` at the end of what is written."""
        link.end = self.prose.offset
        if link.kind == "auto":
            self.code.append(Span(link.start, link.end))
        else:
            link.alias = self.prose.since(link.start).strip() or None

    def anchor_tag(self, attributes: Mapping[str, str] | None, place: Place) -> None:
        """Begin the link of an ``<a href>``, or end it where there are no attributes."""
        if self.anchor is not None and self.anchor.end < 0:
            self.end_link(self.anchor)
        target = (attributes or {}).get("href", "").replace(FILLER, "").strip()
        self.anchor = self.begin_link("markdown", target, place) if target else None

    def url(self, token: Token, lines: Lines) -> None:
        """Write a bare URL, a link and no prose."""
        place = lines.place(token.meta["at"])
        start = self.prose.offset
        self.write(token.content, lines, token.meta["at"])
        self.pending.append(FoundLink("auto", token.content, None, place.line, start, self.prose.offset))
        self.code.append(Span(start, self.prose.offset))

    def wiki(self, token: Token, lines: Lines) -> None:
        """Note a wiki-link or what a note embeds."""
        link: WikiLink = token.meta["wiki"]
        at = token.meta["at"]
        place = lines.place(at)
        if token.markup.startswith("!"):
            within = f"#^{link.block}" if link.block else f"#{link.heading}" if link.heading else ""
            args = tuple(arg for arg in (within, link.alias) if arg)
            if link.is_image:
                media = Media("image", None, link.target, None, args, place.line)
            else:
                media = Media("embed", link.target, None, None, args, place.line)
            self.body.media.append((place, media))
            return
        start = self.prose.offset
        self.write(token.content[link.shown_at : link.shown_end], lines, at + len(token.markup) + link.shown_at)
        self.pending.append(
            FoundLink("wiki", link.target, link.alias, place.line, start, self.prose.offset, link.heading, link.block)
        )

    def image(self, token: Token, lines: Lines) -> None:
        """Note an image; its description follows the block."""
        place = lines.place(token.meta["at"])
        target = str(token.attrs.get("src", "")).replace(FILLER, "")
        alt, size = without_size(_shown(token.children or []))
        size = size or token.meta.get("size")
        self.body.media.append((place, Media("image", None, target, alt or None, (size,) if size else (), place.line)))
        if alt:
            self.captions.append((token, lines))

    def note(self, token: Token, lines: Lines) -> None:
        """Keep an inline footnote until its block is closed."""
        self.notes.append((token, lines))

    def caption(self, token: Token, lines: Lines) -> None:
        """Write an image's description."""
        children, within = token.children or [], lines.behind(token.meta["at"] + 2)
        for child in children:
            if child.type in _BREAKS:
                self.prose.write_break()
            elif child.type == "text":
                if child is children[-1]:
                    child.content = without_size(child.content)[0]
                self.text(child, within, token.content)
            elif child.type in _SHOWN:
                self.other(child, within, token.content)

    def html_inline(self, token: Token, lines: Lines) -> None:
        """Read one HTML tag."""
        tag = html.tag(token.content)
        if tag is None:
            return
        if tag.name == "img":
            self.image_tag(tag.attributes, lines.place(token.meta["at"]))
        elif tag.name == "a":
            self.anchor_tag(None if tag.closing else tag.attributes, lines.place(token.meta["at"]))
        elif tag.name == "br":
            self.prose.write_break()
        elif tag.name in html.UNSEEN:
            self.muted = "" if tag.closing else tag.name

    def image_tag(self, attributes: Mapping[str, str], place: Place) -> None:
        """Note an ``<img>``."""
        target = attributes.get("src", "").replace(FILLER, "")
        if target:
            media = Media("image", None, target, attributes.get("alt") or None, (), place.line)
            self.body.media.append((place, media))


def _escaped(token: Token) -> bool:
    """Tell whether a backslash stands before what `token` shows."""
    return token.info == "escape" and len(token.markup) > len(token.content)


def _same(src: str, at: int, content: str) -> bool:
    return src[at : at + len(content)].replace("\n", " ") == content


def _shown(tokens: list[Token]) -> str:
    """Return the text that the inline `tokens` of an image's description show."""
    return (
        "".join(
            "\n" if token.type in _BREAKS else token.content if token.type != "html_inline" else "" for token in tokens
        )
        .replace(FILLER, "")
        .strip()
    )


def _unfilled(text: str) -> list[slice]:
    pieces, at = [], 0
    for part in text.split(FILLER):
        if part:
            pieces.append(slice(at, at + len(part)))
        at += len(part) + 1
    return pieces
