"""Sites as their authors have them, built by their own generators, with the pieces for the widget put into them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright._impl._driver import compute_driver_executable

from service.web.snippets import PLACES, Generator, snippet
from tests.servers import CONTENT

HEAD = '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
_PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
HUGO, JEKYLL = (shutil.which(name, path=_PATH) for name in ("hugo", "jekyll"))


@dataclass(frozen=True)
class BuiltSite:
    """Where a site lies, a page of it, and another that a click on the first one leads to without a load, if any."""

    folder: Path
    page: str
    url: str  # by which the service knows the page
    next: str | None = None
    next_url: str | None = None


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _put(generator: Generator, site: Path, api: str, export: Path, hosted: str | None = None) -> None:
    """Put the piece and the static files where the generator looks for them; `hosted` is where else they are."""
    place, static = PLACES[generator]
    (site / place).parent.mkdir(parents=True, exist_ok=True)
    (site / place).write_text(snippet(generator, api, hosted), encoding="utf-8")
    if static:
        shutil.copytree(export, site / static)


def hugo(folder: Path, api: str, export: Path) -> BuiltSite:
    """Build the sample's Hugo site with a plain theme."""
    site = folder / "hugo"
    shutil.copytree(CONTENT / "island-tech", site)
    _put(Generator.HUGO, site, api, export)
    layouts = site / "layouts"
    for name in ("_default", "shortcodes"):
        (layouts / name).mkdir(parents=True)
    head = (
        HEAD.format(lang="zh-TW") + '<link rel="canonical" href="{{ .Permalink }}"><title>{{ .Title }}</title></head>'
    )
    body = '<body><main><h1>{{ .Title }}</h1>{{ .Content }}</main>{{ partial "wenmai.html" . }}</body></html>'
    (layouts / "_default" / "single.html").write_text(head + body, "utf-8")
    (layouts / "_default" / "list.html").write_text(head + "<body>{{ .Content }}</body></html>", "utf-8")
    for name in ("notice", "pullquote"):
        (layouts / "shortcodes" / f"{name}.html").write_text("<aside>{{ .Inner | markdownify }}</aside>", "utf-8")
    built = folder / "hugo-built"
    run([str(HUGO), "--source", str(site), "--destination", str(built), "--buildFuture"], folder)
    page = "/2026/04/clearlight-two-gigawatts/"
    return BuiltSite(built, page, f"https://island-tech.example{page}")


def jekyll(folder: Path, api: str, export: Path) -> BuiltSite:
    """Build the sample's Jekyll site, which lies in a folder of its host, with a plain layout."""
    site = folder / "jekyll"
    shutil.copytree(CONTENT / "beijing-notes", site)
    _put(Generator.JEKYLL, site, api, export)
    (site / "_layouts").mkdir()
    (site / "_includes" / "video.html").write_text('<a href="https://videos.example/{{ include.id }}">▶</a>', "utf-8")
    head = HEAD.format(lang="zh-CN") + "<title>{{ page.title }}</title></head>"
    body = "<body><main><h1>{{ page.title }}</h1>{{ content }}</main>{% include wenmai.html %}</body></html>"
    (site / "_layouts" / "post.html").write_text(head + body, "utf-8")
    with (site / "_config.yml").open("a", encoding="utf-8") as config:
        config.write('\ndefaults: [{scope: {path: "", type: posts}, values: {layout: post}}]\n')
    built = folder / "jekyll-built"
    command = [str(JEKYLL), "build", "--future", "--disable-disk-cache", "--source", str(site)]
    run([*command, "--destination", str(built / "notes")], folder)
    page = next(path for path in sorted(built.rglob("*.html")) if "clearlight" in str(path))
    path = "/" + page.relative_to(built).as_posix().removesuffix("index.html")
    return BuiltSite(built, path, f"https://beijing-notes.example{path}")


# A page as Quartz writes it and goes from one to the next: the body is exchanged, then the document told of it.
_QUARTZ_SCRIPT = """
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.internal");
  if (!link) return;
  event.preventDefault();
  const text = await (await fetch(link.href)).text();
  history.pushState({}, "", link.href);
  const next = new DOMParser().parseFromString(text, "text/html");
  document.querySelector("h1").replaceWith(next.querySelector("h1"));
  for (const tag of document.querySelectorAll(".wenmai > *"))
    tag.setAttribute("url", next.querySelector(tag.localName).getAttribute("url"));
  document.dispatchEvent(new CustomEvent("nav", { detail: {} }));
});
"""
# What renders a component on the server, as preact-render-to-string does for one without state.
_RENDERER = """
import { stripTypeScriptTypes } from "node:module";
import { readFileSync } from "node:fs";
const escaped = (text) => String(text).replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
globalThis.h = (tag, properties, ...children) =>
  `<${tag}${Object.entries(properties).map(([name, value]) => ` ${name}="${escaped(value)}"`).join("")}>` +
  `${children.join("")}</${tag}>`;
const source = stripTypeScriptTypes(readFileSync(process.argv[2], "utf8"), { mode: "strip" });
const code = source.replace(/^import .*preact.*$/m, "const { h } = globalThis;");
const { default: make } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
const Component = make();
const pages = JSON.parse(process.argv[3]).map((slug) =>
  Component({ cfg: { baseUrl: process.argv[4] }, fileData: { slug } }));
console.log(JSON.stringify({ pages, script: Component.afterDOMLoaded }));
"""


def quartz(folder: Path, api: str, export: Path, address: str) -> BuiltSite:
    """Build two notes of the sample's vault as Quartz would, whose component is rendered by itself."""
    site = folder / "quartz"
    _put(Generator.QUARTZ, site, api, export)
    (site / "render.mjs").write_text(_RENDERER, encoding="utf-8")
    slugs = ["01-文章/三年还是十年：钙钛矿之争", "01-文章/读《岛屿电力学》第-42-期"]
    component = str(site / PLACES[Generator.QUARTZ][0])
    node = str(compute_driver_executable()[0])
    host = address.removeprefix("http://")
    rendered = json.loads(
        run([node, "--no-warnings", str(site / "render.mjs"), component, json.dumps(slugs), host], folder)
    )
    built = folder / "quartz-built"
    shutil.copytree(site / "quartz" / "static", built / "static")
    (built / "postscript.js").write_text(rendered["script"] + _QUARTZ_SCRIPT, encoding="utf-8")
    for slug, shown in zip(slugs, rendered["pages"], strict=True):
        other = quote("/" + slugs[1 - slugs.index(slug)]) + ".html"
        title = slug.rsplit("/", 1)[1]
        head = HEAD.format(lang="zh-TW") + f"<title>{title}</title></head>"
        body = f'<body><h1>{title}</h1><a class="internal" href="{other}">→</a>{shown}'
        (built / f"{slug}.html").parent.mkdir(parents=True, exist_ok=True)
        end = '<script type="module" src="/postscript.js"></script></body></html>'
        (built / f"{slug}.html").write_text(head + body + end, encoding="utf-8")
    first, second = (quote(f"/{slug}") + ".html" for slug in slugs)
    return BuiltSite(built, first, address + first, second, address + second)


# Obsidian Publish draws a note into one page and tells of another one.
_PUBLISH = """
const told = [];
globalThis.publish = { on: (event, action) => event === "navigated" && told.push(action) };
globalThis.goTo = (path) => { history.pushState({}, "", path);
  document.querySelector(".markdown-preview-view").replaceChildren(); told.forEach((action) => action()); };
"""


def obsidian(folder: Path, api: str, export: Path, address: str, hosted: str) -> BuiltSite:
    """Lay two notes of the sample's vault out as Obsidian Publish does, with `publish.js`."""
    built = folder / "obsidian-built"
    _put(Generator.OBSIDIAN, built, api, export, hosted)
    notes = ["01-文章/三年还是十年：钙钛矿之争", "01-文章/读《岛屿电力学》第+42+期"]
    (built / "app.js").write_text(_PUBLISH, encoding="utf-8")
    for note in notes:
        head = HEAD.format(lang="zh-CN") + '<title>笔记</title><script src="/app.js"></script></head>'
        view = '<body><div class="render-container"><div class="markdown-preview-view"></div></div>'
        (built / note).mkdir(parents=True)
        page = head + view + '<script src="/publish.js"></script></body></html>'
        (built / note / "index.html").write_text(page, encoding="utf-8")
    first, second = (quote(f"/{note}/", safe="/+") for note in notes)
    return BuiltSite(built, first, address + first, second, address + second)


BUILDERS = {
    Generator.HUGO: lambda folder, api, export, *_: hugo(folder, api, export),
    Generator.JEKYLL: lambda folder, api, export, *_: jekyll(folder, api, export),
    Generator.QUARTZ: lambda folder, api, export, address, _: quartz(folder, api, export, address),
    Generator.OBSIDIAN: obsidian,
}
