// wenmai: related posts and shared claims for any page. One script, two tags, no dependencies:
//   <script type="module" src="https://YOUR-WENMAI/widget.js"></script>
//   <wenmai-related></wenmai-related> <wenmai-claims></wenmai-claims>
// Attributes: lang, limit, theme (light | dark; else it takes the page's own colours), heading, url, api (the service, or none), static (a folder of `wenmai export --static`).
// Asks the service first and the static files where it does not answer; shows nothing where there is nothing.

const HOME = new URL(".", import.meta.url).href;
const PATIENCE = 4000; // milliseconds until the static files are asked instead
const AHEAD = "400px"; // before the reader gets there
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

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

const safe = (url) => /^(https?:|\/(?!\/))/.test(url ?? "");
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

class Wenmai extends HTMLElement {
  connectedCallback() {
    if (this.watcher || this.shadowRoot) return;
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

  disconnectedCallback() {
    this.watcher?.disconnect();
    this.watcher = null;
  }

  get language() {
    const asked = (this.getAttribute("lang") || document.documentElement.lang || navigator.language).toLowerCase();
    return asked.startsWith("zh") ? (/hans|cn|sg|my/.test(asked) ? "zh-CN" : "zh-TW") : "en";
  }

  get url() {
    return (
      this.getAttribute("url") ||
      document.querySelector('link[rel="canonical"]')?.href ||
      location.href.split(/[?#]/)[0]
    );
  }

  get limit() {
    return Math.min(Math.max(Number.parseInt(this.getAttribute("limit"), 10) || 5, 1), 20);
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

  // The same from the static files, as they were written.
  async fallback() {
    const folder = this.getAttribute("static");
    if (!folder) return [];
    const page = key(this.url);
    const base = new URL(folder.endsWith("/") ? folder : `${folder}/`, location.href);
    const found = await json(new URL(`pages/${hash(page)}.json`, base).href);
    const own = host(this.url);
    const among = found.key === page ? found.pages : [];
    const one = among.find((some) => host(some.url) === own) ?? among.find((some) => !own || !host(some.url));
    return one ? this.stored(one) : [];
  }

  async fill() {
    let items = await this.live().catch(() => null);
    if (items === null) items = await this.fallback().catch(() => []);
    if (!items.length || !this.isConnected) return;
    const words = TEXTS[this.language];
    const title = this.getAttribute("heading") ?? words[this.kind];
    const list = element("ul", {}, ...items.slice(0, this.limit).map((item) => this.row(item, words)));
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [style];
    const part = element(
      "section",
      { lang: this.language, ariaLabel: title },
      title ? element("h2", { textContent: title }) : null,
      list,
    );
    shadow.append(part);
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
    const page = await this.ask("/v1/related", { url: this.url, limit: this.limit });
    return page.items.map((one) => ({ article: one.article, reasons: one.reasons }));
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
    const article = await this.ask("/v1/resolve", { url: this.url });
    const [disputed, near] = await Promise.all([
      this.ask("/v1/conflicts", { article: article.id, limit: this.limit }).catch(() => ({ items: [] })),
      this.ask("/v1/related", { url: this.url, limit: 20 }),
    ]);
    const sides = disputed.items.map(({ claim, other }) =>
      claim.article.id === article.id ? { claim, other } : { claim: other, other: claim },
    );
    const shared = near.items
      .flatMap((one) => one.reasons)
      .filter((reason) => reason.kind === "claim" && reason.relation !== "related");
    const all = [...sides.map((pair) => ({ ...pair, relation: "conflict" })), ...shared];
    return [...new Map(all.map((pair) => [`${pair.claim.id} ${pair.other.id}`, pair])).values()];
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
