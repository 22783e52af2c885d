// wenmai: related posts and shared claims for any page. One script, two tags, no dependencies:
//   <script type="module" src="https://YOUR-WENMAI/widget.js"></script>
//   <wenmai-related></wenmai-related> <wenmai-claims></wenmai-claims>
// Attributes: lang, limit, theme (light | dark; else it takes the page's own colours), heading, url, api (the service, or none), static (a folder of `wenmai export --static`).
// Asks the service first and the static files where it does not answer; shows nothing where there is nothing. Where a
// site changes its page without loading another, the tags follow: by their attributes, or by the page's address.

const HOME = new URL(".", import.meta.url).href;
const PATIENCE = 4000; // milliseconds until the static files are asked instead
const AHEAD = "400px"; // before the reader gets there
const LOOKED_AT = 20; // related posts, some of which are drafts or have no page
const SPARE = 5; // disagreements asked for besides, for the same reason
const TEXTS = {
  "zh-TW": {
    related: "相關文章",
    claims: "別處怎麼說",
    agree: "說法相同",
    conflict: "說法不同",
    entity: "都提到",
    tag: "同標籤",
    text: "用語相近",
    out: "本文連到它",
    in: "它連到本文",
    colon: "：",
    comma: "、",
    title: ["《", "》"],
  },
  "zh-CN": {
    related: "相关文章",
    claims: "别处怎么说",
    agree: "说法相同",
    conflict: "说法不同",
    entity: "都提到",
    tag: "同标签",
    text: "用词相近",
    out: "本文链接到它",
    in: "它链接到本文",
    colon: "：",
    comma: "、",
    title: ["《", "》"],
  },
  en: {
    related: "Related posts",
    claims: "What others say",
    agree: "Says the same",
    conflict: "Says otherwise",
    entity: "Both name",
    tag: "Tag",
    text: "Similar words",
    out: "Linked from this post",
    in: "Links to this post",
    colon: ": ",
    comma: ", ",
    title: ["", ""],
  },
};
const STYLE = `
:host { display: block; line-height: 1.75; line-break: strict; overflow-wrap: anywhere;
  --quiet: color-mix(in srgb, currentColor 68%, transparent); --line: color-mix(in srgb, currentColor 18%, transparent);
  --agree: color-mix(in srgb, #16965a 62%, currentColor); --conflict: color-mix(in srgb, #d8492b 66%, currentColor); }
:host([hidden]) { display: none; }
:host([theme="light"]) { color: #24272b; } :host([theme="dark"]) { color: #e6e3dc; }
h2 { font-size: 1.125em; line-height: 1.4; margin: 1.5em 0 .6em; }
ul { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid var(--line); padding: .7em 0; }
p { margin: 0; }
a { color: inherit; text-underline-offset: .22em; }
.why { color: var(--quiet); font-size: .875em; }
.agree b { color: var(--agree); } .conflict b { color: var(--conflict); }
b { font-weight: 500; }
blockquote { margin: .2em 0; padding-left: .8em; border-left: 3px solid var(--line); }
.conflict blockquote { border-color: var(--conflict); } .agree blockquote { border-color: var(--agree); }
`;

// FNV-1a (Fowler, Noll, Vo), 64 bits, over UTF-8: the names of the static files.
export function hash(text) {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  return value.toString(16).padStart(16, "0");
}

// What all forms of a page's address have in common: its path, decoded, in lower case, without page suffixes.
export function key(url) {
  let path = new URL(url, location.href).pathname;
  try {
    path = decodeURIComponent(path);
  } catch {
    /* it stays as it is written */
  }
  path = path
    .normalize("NFC")
    .toLowerCase()
    .replace(/^\/+|\/+$/g, "");
  path = path.replace(/(^|\/)index\.html?$/, "").replace(/\.html?$/, "");
  return `/${path.replace(/\/\/+/g, "/").replace(/^\/+|\/+$/g, "")}`;
}

// The host of an address; nothing for a preview on the writer's own machine, which stands for any.
function host(url) {
  const name = /^https?:/.test(url) ? new URL(url).hostname.replace(/^www\./, "") : "";
  return ["localhost", "127.0.0.1", "[::1]"].includes(name) ? "" : name;
}

export function languageOf(element) {
  const asked = (element.getAttribute("lang") || document.documentElement.lang || navigator.language).toLowerCase();
  return asked.startsWith("zh") ? (/hans|cn|sg|my/.test(asked) ? "zh-CN" : "zh-TW") : "en";
}

export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

// An address without a host is one of its own site: on another it leads nowhere.
const reached = (article, own) =>
  /^https?:/.test(article.url) || article.source === own.source ? article : { ...article, url: null };
export const safe = (url) => /^(https?:|\/(?!\/))/.test(url ?? "");
const kept = new Map();

async function json(url) {
  if (!kept.has(url))
    kept.set(
      url,
      fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).then((answer) =>
        answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status))),
      ),
    );
  return kept.get(url);
}

// The pages that a folder of static files has under a key, in the reader's variant where it was exported in it.
async function stored(base, page, language) {
  const name = `pages/${hash(page)}.json`;
  const inVariant = language === "en" ? Promise.reject() : json(new URL(`${language}/${name}`, base).href);
  const found = await inVariant.catch(() => json(new URL(name, base).href));
  return found.key === page ? found.pages : [];
}

class Wenmai extends HTMLElement {
  static observedAttributes = ["url", "api", "static", "lang", "limit", "heading"];

  connectedCallback() {
    if (this.leaving) return;
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    addEventListener("popstate", this, { signal });
    document.addEventListener("nav", this, { signal }); // Quartz says so when its page is another one
    globalThis.navigation?.addEventListener("navigatesuccess", this, { signal });
    this.await();
  }

  disconnectedCallback() {
    this.leaving?.abort();
    this.leaving = null;
    this.watcher?.disconnect();
  }

  attributeChangedCallback(name, before, after) {
    if (this.leaving && before !== after) this.await();
  }

  handleEvent() {
    if (this.url !== this.asked) this.await();
  }

  // Fill it as soon as a reader comes near.
  await() {
    this.watcher?.disconnect();
    this.asked = this.url;
    this.watcher = new IntersectionObserver(
      (seen) => {
        if (!seen.some((one) => one.isIntersecting)) return;
        this.watcher.disconnect();
        this.fill();
      },
      { rootMargin: AHEAD },
    );
    this.watcher.observe(this);
  }

  get language() {
    return languageOf(this);
  }

  get url() {
    return (
      this.getAttribute("url") ||
      document.querySelector('link[rel="canonical"]')?.href ||
      location.href.split(/[?#]/)[0]
    );
  }

  get limit() {
    return Math.min(Math.max(Number.parseInt(this.getAttribute("limit"), 10) || 5, 1), LOOKED_AT);
  }

  // An answer of the service, in the reader's language.
  ask(path, parameters) {
    const api = this.getAttribute("api") || HOME;
    if (api === "none") return Promise.reject(new Error("static files only"));
    const url = new URL(path, new URL(api, location.href));
    const lang = this.language === "en" ? "original" : this.language;
    for (const [name, value] of Object.entries({ ...parameters, lang })) url.searchParams.set(name, value);
    return json(url.href);
  }

  // The same from the static files.
  async fallback() {
    const folder = this.getAttribute("static");
    if (!folder) return [];
    const base = new URL(folder.endsWith("/") ? folder : `${folder}/`, location.href);
    const own = host(this.url);
    const pages = await stored(base, key(this.url), this.language);
    const one = pages.find((some) => host(some.url) === own) ?? pages.find((some) => !own || !host(some.url));
    if (!one?.same) return one ? this.stored(one) : [];
    const there = await stored(base, one.same, this.language); // another address of a page
    return there.filter((some) => some.url === one.url && !some.same).flatMap((some) => this.stored(some));
  }

  async fill() {
    const turn = (this.turn = {});
    let items = await this.live().catch(() => null);
    if (items === null) items = await this.fallback().catch(() => []);
    if (turn !== this.turn || !this.isConnected) return; // the page is another one meanwhile
    this.shadowRoot?.replaceChildren();
    if (!items.length) return;
    const words = TEXTS[this.language];
    const title = this.getAttribute("heading") ?? words[this.kind];
    const list = element("ul", { role: "list" }, ...items.slice(0, this.limit).map((item) => this.row(item, words)));
    const part = element(
      "section",
      { lang: this.language, ariaLabel: title || words[this.kind] },
      title ? element("h2", { textContent: title }) : null,
      list,
    );
    this.styled().append(part);
  }

  styled() {
    if (this.shadowRoot) return this.shadowRoot;
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [style];
    return shadow;
  }
}

function linked(article) {
  return safe(article.url)
    ? element("a", { href: article.url, textContent: article.title })
    : element("span", { textContent: article.title });
}

class Related extends Wenmai {
  kind = "related";

  async live() {
    const [own, page] = await Promise.all([
      this.ask("/v1/resolve", { url: this.url }),
      this.ask("/v1/related", { url: this.url, limit: LOOKED_AT }),
    ]);
    return page.items.filter(({ article }) => !article.draft && reached(article, own).url);
  }

  stored(found) {
    return found.related;
  }

  row({ article, reasons }, words) {
    const told = [...new Set(reasons.map((reason) => why(reason, words)))].filter(Boolean).slice(0, 3);
    return element(
      "li",
      {},
      element("p", {}, linked(article)),
      told.length ? element("p", { className: "why", textContent: told.join(" · ") }) : null,
    );
  }
}

function why(reason, words) {
  if (reason.kind === "entity") return `${words.entity}${words.colon}${reason.entity.name}`;
  if (reason.kind === "link")
    return [words[reason.direction], reason.relation, reason.note].filter(Boolean).join(words.colon);
  if (reason.kind === "tag") return `${words.tag}${words.colon}${reason.tag}`;
  if (reason.kind === "text") return `${words.text}${words.colon}${reason.terms.slice(0, 3).join(words.comma)}`;
  return words[reason.relation] ?? "";
}

class Claims extends Wenmai {
  kind = "claims";

  async live() {
    const own = await this.ask("/v1/resolve", { url: this.url });
    const [disputed, near] = await Promise.all([
      this.ask("/v1/conflicts", { article: own.id, limit: this.limit + SPARE }).catch(() => ({ items: [] })),
      this.ask("/v1/related", { url: this.url, limit: LOOKED_AT }),
    ]);
    const sides = disputed.items.map(({ claim, other }) =>
      claim.article.id === own.id ? { claim, other } : { claim: other, other: claim },
    );
    const shared = near.items
      .flatMap((one) => one.reasons)
      .filter((reason) => reason.kind === "claim" && reason.relation !== "related");
    const all = [...sides.map((pair) => ({ ...pair, relation: "conflict" })), ...shared];
    const pairs = [...new Map(all.map((pair) => [`${pair.claim.id} ${pair.other.id}`, pair])).values()];
    const open = await Promise.all(pairs.slice(0, this.limit + SPARE).map((pair) => this.open(pair, near.items, own)));
    return open.filter(Boolean);
  }

  // The pair with where its other side leads, unless that stands in a draft.
  async open(pair, near, own) {
    const { id } = pair.other.article;
    const known = near.find((one) => one.article.id === id)?.article;
    const article = known ?? (await this.ask(`/v1/articles/${encodeURIComponent(id)}`, {}));
    return article.draft ? null : { ...pair, other: { ...pair.other, article: reached(article, own) } };
  }

  stored(found) {
    return found.claims;
  }

  row({ claim, other, relation }, words) {
    const [open, close] = words.title;
    const where = element("p", { className: "why" }, open, linked(other.article), close);
    return element(
      "li",
      { className: relation },
      element("p", { textContent: claim.text }),
      element("b", { className: "why", textContent: words[relation] }),
      element("blockquote", { textContent: other.text }),
      where,
    );
  }
}

customElements.get("wenmai-related") ?? customElements.define("wenmai-related", Related);
customElements.get("wenmai-claims") ?? customElements.define("wenmai-claims", Claims);
