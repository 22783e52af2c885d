// Pieces that many views show: an entity, a claim, an article in a list, a reason.

import { address, get } from "./api.js";
import { h, safeUrl } from "./dom.js";
import { seenHere } from "./router.js";
import { contentLanguage, date, number, t, tongue } from "./words.js";

export const entityUrl = (entity) => `/entities/${encodeURIComponent(entity.id)}`;
export const claimUrl = (claim) => `/claims/${encodeURIComponent(claim.id)}`;
export const articleUrl = (article, line) =>
  `/articles/${encodeURIComponent(article.id)}${line ? `?line=${line}` : ""}`;

// All names of the evidence, each with what says that it is one; an id that a post gives is no name.
export function namesIn(evidence, id) {
  const names = new Map();
  for (const one of evidence) if (one.name !== id) names.set(one.name, [...(names.get(one.name) ?? []), one]);
  return names;
}

// `note`: how often it is named.
export function entityLink(entity, note = null) {
  return h(
    "a",
    { class: `entity ${entity.kind}`, href: entityUrl(entity), lang: tongue(entity.name) },
    entity.name,
    note === null ? null : h("span", { class: "quiet" }, ` ${number(note)}`),
  );
}

export function kindOf(entity) {
  return h("span", { class: `kind ${entity.kind}` }, t(`kind.${entity.kind}`));
}

export function section(title, ...children) {
  return h("section", { class: "part" }, h("h2", {}, title), children);
}

// What a post says, its numbers set off; the figures of a claim stand in it in their order.
export function withFigures(text, figures) {
  const parts = [];
  let from = 0;
  for (const figure of figures ?? []) {
    const at = figure.text ? text.indexOf(figure.text, from) : -1;
    if (at < 0) continue;
    parts.push(text.slice(from, at), h("span", { class: "figure" }, figure.text));
    from = at + figure.text.length;
  }
  return [...parts, text.slice(from)];
}

// `found`: its text with the words of a search set off.
export function claimCard(claim, { note = null, relation = null, place = true, found = null } = {}) {
  const who = claim.speaker ? entityLink(claim.speaker) : h("span", {}, t("claim.author"));
  const text = found ?? withFigures(claim.text, claim.figures);
  const said = h("p", { class: "said", lang: tongue(claim.text) }, h("a", { href: claimUrl(claim) }, text));
  const where = place
    ? h(
        "a",
        { class: "where", href: articleUrl(claim.article, claim.line) },
        t("claim.where", { title: claim.article.title, line: String(claim.line) }),
      )
    : null;
  const facts = [
    who,
    h("span", { class: "kind" }, t(`claim.${claim.kind}`)),
    claim.quote && h("span", { class: "kind" }, t("claim.quote")),
  ];
  return h(
    "article",
    { class: `claim ${relation ?? ""}` },
    said,
    h("p", { class: "facts" }, facts, where),
    note && h("p", { class: "why" }, note),
  );
}

const WHYS = [
  [/^same: (.+) = (.+)$/, "why.equal"],
  [/^same: (.+)$/, "why.same"],
  [/^differs: (.+), not (.+)$/, "why.differs"],
  [/^denied: (.+)$/, "why.denied"],
  [/^says otherwise of (.+)$/, "why.otherwise"],
  [/^another case: (.+)$/, "why.case"],
  [/^an editor judged so(?:: (.+))?$/, "why.judged"],
  [/^both speak of (.+)$/, "why.both"],
];

const bare = (text) => text.replace(/\s+/g, "");

// Why two claims stand together, in the reader's language; what is not known here stays as the service says it.
export function why(sentences) {
  const sharp = sentences.filter((sentence) => !sentence.startsWith("both speak of "));
  const told = (sharp.length ? sharp : sentences.filter((sentence) => sentence !== "both speak of "))
    .map((sentence) => {
      for (const [pattern, key] of WHYS) {
        const match = pattern.exec(sentence);
        if (match?.[2] && bare(match[1]) === bare(match[2])) return t("why.same", { a: match[1] });
        if (match) return t(key, { a: (match[1] ?? "").replaceAll(", ", t("comma")), b: match[2] ?? "" });
      }
      return sentence;
    });
  return [...new Set(told)].join(t("semicolon"));
}

export function reason(found) {
  switch (found.kind) {
    case "entity":
      return h("li", { class: "reason" }, t("reason.entity"), entityLink(found.entity));
    case "link":
      return h("li", { class: "reason link" }, linkReason(found));
    case "tag":
      return h("li", { class: "reason" }, t("reason.tag", { tag: found.tag }));
    case "claim":
      return h(
        "li",
        { class: `reason ${found.relation}` },
        t(`reason.claim.${found.relation}`),
        h("a", { href: claimUrl(found.claim) }, shortened(found.other.text, 32)),
      );
    default:
      return h("li", { class: "reason" }, t("reason.text", { terms: found.terms.slice(0, 4).join(t("comma")) }));
  }
}

export function linkReason(link) {
  const told = [link.relation, link.note].filter(Boolean).join(t("colon"));
  const way = link.direction === "in" ? t("reason.link.in") : t("reason.link.out");
  return told ? `${way}${t("colon")}${told}` : way;
}

export const shortened = (text, most) => ([...text].length > most ? `${[...text].slice(0, most).join("")}…` : text);

export function articleFacts(article) {
  const out = safeUrl(article.url ?? "");
  const facts = [
    article.source,
    article.published && h("time", { datetime: article.published }, date(article.published)),
    (article.authors ?? []).join(t("comma")),
  ];
  const leave = out && h("a", { href: out, rel: "noopener", target: "_blank" }, t("article.page"));
  return h(
    "p",
    { class: "facts" },
    facts.filter(Boolean).map((fact) => h("span", {}, fact)),
    article.draft && h("span", { class: "kind" }, t("article.draft")),
    leave,
  );
}

// `level`: of its heading, one below that of the list it stands in.
export function articleItem(article, { more = null, level = 3, title = null } = {}) {
  const { description } = article;
  const about = description ? h("p", { class: "about", lang: tongue(description) }, shortened(description, 120)) : null;
  return h(
    "article",
    { class: "item" },
    h(`h${level}`, { lang: tongue(article.title) }, h("a", { href: articleUrl(article) }, title ?? article.title)),
    articleFacts(article),
    about,
    more,
  );
}

// A list of the API, drawn as far as it goes, with a button for what is behind.
export function listing(path, parameters, first, draw, empty = null) {
  const list = h("div", { class: "listing" });
  const more = h("button", { type: "button", class: "more" }, t("more"));
  const further = seenHere(address(path, { ...parameters, lang: contentLanguage() }));
  let cursor;
  const add = (page) => {
    const fresh = page.items.map(draw);
    list.append(...fresh);
    cursor = page.next;
    more.hidden = !cursor;
    return fresh;
  };
  [first, ...further].forEach(add);
  more.addEventListener("click", async () => {
    more.disabled = true;
    const page = await get(path, { ...parameters, cursor });
    further.push(page);
    const fresh = add(page);
    more.disabled = false;
    fresh[0]?.querySelector("a")?.focus();
  });
  return first.items.length ? h("div", {}, list, more) : (empty ?? h("p", { class: "quiet" }, t("nothing")));
}
