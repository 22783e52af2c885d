// wenmai: a search for a static site, over the index that `wenmai export --static` writes; no server, no dependencies:
//   <script type="module" src="/wenmai/search.js"></script> <wenmai-search></wenmai-search>
// Attributes: lang, limit, theme (light | dark), static (the folder; else where this script lies), placeholder.
// In either script: both are folded to one before they are compared. `find` is for pages that draw their own results.

import { element, languageOf, safe } from "./widget.js";

const HOME = new URL(".", import.meta.url).href;
const WAIT = 80; // milliseconds after a key
const MOST_WORDS = 8;
const TITLE = 8; // what a hit in a title counts, a hit in a term being about 1 to 5
const NAMED = 5;
const TEXTS = {
  "zh-TW": { search: "搜尋文章", none: "沒有找到。", found: (n) => `${n} 篇文章` },
  "zh-CN": { search: "搜索文章", none: "没有找到。", found: (n) => `${n} 篇文章` },
  en: { search: "Search posts", none: "Nothing found.", found: (n) => (n === 1 ? "1 post" : `${n} posts`) },
};
const STYLE = `
:host { display: block; line-height: 1.7; overflow-wrap: anywhere;
  --quiet: color-mix(in srgb, currentColor 72%, transparent); --line: color-mix(in srgb, currentColor 18%, transparent); }
:host([hidden]) { display: none; }
:host([theme="light"]) { color: #24272b; } :host([theme="dark"]) { color: #e6e3dc; }
input { font: inherit; color: inherit; background: transparent; width: 100%; box-sizing: border-box; min-height: 2.75em;
  padding: .4em .8em; border: 1px solid color-mix(in srgb, currentColor 55%, transparent); border-radius: .5em; }
input::placeholder { color: var(--quiet); opacity: 1; }
ul { list-style: none; margin: .4em 0 0; padding: 0; }
li { border-top: 1px solid var(--line); padding: .6em 0; } li:first-child { border: 0; }
p { margin: 0; } a { color: inherit; text-underline-offset: .22em; }
.why { color: var(--quiet); font-size: .875em; }
`;

const prepared = new WeakMap();

// What makes an index quick to search: its characters as they are compared, titles and names written so.
function ready(index) {
  if (!prepared.has(index)) {
    const [from, to] = index.fold;
    const table = new Map([...from].map((letter, n) => [letter, [...to][n]]));
    const folded = (text) => [...text.normalize("NFKC").toLowerCase()].map((one) => table.get(one) ?? one).join("");
    prepared.set(index, {
      folded,
      titles: index.pages.map(([title]) => folded(title)),
      names: index.entities.map((entity) => entity.names.map(folded)),
      terms: Object.entries(index.terms),
    });
  }
  return prepared.get(index);
}

// The pages that fit `text`, best first, as {title, url, published, names}; all its words must fit a page.
export function find(index, text, { limit = 10, lang = null } = {}) {
  const known = ready(index);
  const words = known.folded(text).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  if (!words.length) return [];
  const found = words.map((word) => scored(index, known, word));
  const pages = [...found[0].keys()].filter((n) => found.every((scores) => scores.has(n)));
  const total = (n) => found.reduce((sum, scores) => sum + scores.get(n).score, 0);
  return pages
    .map((n) => ({ n, score: total(n), names: [...new Set(found.flatMap((scores) => scores.get(n).names))] }))
    .sort((a, b) => b.score - a.score || a.n - b.n)
    .slice(0, limit)
    .map(({ n, names }) => {
      const [title, url, published] = index.pages[n];
      return { title: index.titles?.[lang]?.[n] ?? title, url, published, names: names.slice(0, 3) };
    });
}

function scored(index, known, word) {
  const scores = new Map();
  const add = (n, score, name) => {
    const one = scores.get(n) ?? { score: 0, names: [] };
    one.score += score;
    if (name) one.names.push(name);
    scores.set(n, one);
  };
  known.titles.forEach((title, n) => title.includes(word) && add(n, TITLE));
  known.names.forEach((forms, at) => {
    const share = Math.max(0, ...forms.map((form) => overlap(form, word)));
    if (share) for (const n of index.entities[at].pages) add(n, NAMED * share, index.entities[at].names[0]);
  });
  for (const [term, pages] of known.terms) {
    const share = overlap(term, word);
    if (share) for (const n of pages) add(n, share * Math.log(1 + index.pages.length / pages.length));
  }
  return scores;
}

// How much of the longer one the shorter one is, where it is a part of it; a single letter within a word tells nothing.
function overlap(term, word) {
  if (term.includes(word)) return Math.max(0.4, word.length / term.length);
  return term.length > 1 && word.includes(term) ? term.length / word.length : 0;
}

class Search extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const words = TEXTS[languageOf(this)];
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    const shadow = this.attachShadow({ mode: "open", delegatesFocus: true });
    shadow.adoptedStyleSheets = [style];
    const label = this.getAttribute("placeholder") ?? words.search;
    this.input = element("input", { type: "search", placeholder: label, ariaLabel: label, enterKeyHint: "search" });
    this.input.maxLength = 200;
    this.told = element("p", { className: "why", role: "status" });
    this.list = element("ul", { role: "list" });
    const form = element("form", {}, this.input);
    form.addEventListener("submit", (event) => event.preventDefault());
    this.input.addEventListener("focus", () => this.index(), { once: true }); // it is there by the first letter
    this.input.addEventListener("input", (event) => event.isComposing || this.soon());
    this.input.addEventListener("compositionend", () => this.soon());
    shadow.append(element("div", { lang: languageOf(this), role: "search" }, form, this.told, this.list));
  }

  index() {
    const folder = this.getAttribute("static") ?? HOME;
    const url = new URL("search.json", new URL(folder.endsWith("/") ? folder : `${folder}/`, location.href));
    this.loaded ??= fetch(url).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))));
    this.loaded.catch(() => {
      this.loaded = null; // the next letter tries again
    });
    return this.loaded;
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show().catch(() => {}), WAIT);
  }

  async show() {
    const text = this.input.value;
    const language = languageOf(this);
    const limit = Math.min(Math.max(Number.parseInt(this.getAttribute("limit"), 10) || 8, 1), 50);
    const index = text.trim() ? await this.index() : null;
    if (text !== this.input.value) return;
    const found = index ? find(index, text, { limit, lang: language }) : [];
    const words = TEXTS[language];
    this.told.textContent = !index ? "" : found.length ? words.found(found.length) : words.none;
    this.list.replaceChildren(...found.map((page) => row(page, language)));
  }
}

function row({ title, url, published, names }, language) {
  const shown = safe(url) ? element("a", { href: url, textContent: title }) : element("span", { textContent: title });
  const date = /^\d{4}-\d{2}-\d{2}/.exec(published ?? "")?.[0];
  const format = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  const facts = [date && format.format(new Date(date)), ...names].filter(Boolean).join(" · ");
  return element("li", {}, element("p", {}, shown), facts ? element("p", { className: "why", textContent: facts }) : null);
}

customElements.get("wenmai-search") ?? customElements.define("wenmai-search", Search);
