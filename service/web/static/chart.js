// Charts of our own: what each source gives for one thing, as dots and ranges along one scale.

import { h, svg } from "./dom.js";
import { articleUrl, claimUrl, shortened } from "./parts.js";
import { range } from "./quantities.js";
import { t } from "./words.js";

const MOST = 12; // rows
const [FROM, TO] = [1.5, 98.5]; // per cent of the width
const LOGARITHMIC = 200; // from this ratio on, small values would all lie on the left edge

function scale(values) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const logarithmic = low > 0 && high / low >= LOGARITHMIC;
  const turn = logarithmic ? Math.log10 : (value) => value;
  const from = logarithmic ? turn(low) : Math.min(0, low);
  const span = turn(high) - from || 1;
  const place = (value) => FROM + ((turn(value) - from) / span) * (TO - FROM);
  return { place, zero: logarithmic ? FROM : place(0), logarithmic };
}

// Figures of one unit, each with its article, as {figure, label, href, tone}.
export function dots(entries, title) {
  const axis = scale(entries.flatMap(({ figure }) => [figure.low, figure.high]));
  const note = axis.logarithmic ? h("p", { class: "quiet" }, t("chart.logarithmic")) : null;
  return h(
    "figure",
    { class: "chart", "aria-label": title },
    h(
      "ol",
      {},
      entries.map((entry) => h("li", {}, row(entry, axis))),
    ),
    note,
  );
}

function row({ figure, label, href, tone = "" }, axis) {
  const [from, to] = [axis.place(figure.low), axis.place(figure.high)].map((place) => `${place.toFixed(2)}%`);
  const track = svg("line", { x1: `${FROM}%`, x2: `${TO}%`, y1: 8, y2: 8, class: "chart-track" });
  const bar = svg("line", { x1: `${axis.zero}%`, x2: to, y1: 8, y2: 8, class: "chart-bar" });
  const ends = from === to ? [to] : [from, to];
  const span = svg("line", { x1: from, x2: to, y1: 8, y2: 8, class: "chart-span" });
  const drawn = svg(
    "svg",
    { "aria-hidden": "true" },
    track,
    bar,
    span,
    ends.map((end) => svg("circle", { cx: end, cy: 8, r: 5.5 })),
  );
  return h(
    "a",
    { href, class: `chart-row ${tone}` },
    h("span", { class: "chart-label" }, shortened(label, 40)),
    h("span", { class: "chart-value" }, range(figure)),
    drawn,
  );
}

const sameUnit = (figure) => `${figure.unit} ${figure.per ?? ""}`;

// The figures of a list by unit, those of the commonest unit first.
export function byUnit(figures) {
  const groups = new Map();
  for (const figure of figures) groups.set(sameUnit(figure), [...(groups.get(sameUnit(figure)) ?? []), figure]);
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

// A post that gives a value several times counts once.
function distinct(figures, article) {
  return [
    ...new Map(figures.map((figure) => [`${article(figure).id} ${figure.low} ${figure.high}`, figure])).values(),
  ].slice(0, MOST);
}

export function figureDots(figures, title) {
  return dots(
    distinct(figures, (figure) => figure.article).map((figure) => ({
      figure,
      label: figure.article.title,
      href: figure.claim ? claimUrl({ id: figure.claim }) : articleUrl(figure.article, figure.line),
    })),
    title,
  );
}

const bare = (text) => text.replace(/\s+/g, "");

// Of a claim's figures those that its comparison speaks of, or all where it names none of them.
function compared(figures, why) {
  const told = new Set(why.flatMap((sentence) => sentence.split(/: | = |, not |, /)).map(bare));
  const some = figures.filter((figure) => told.has(bare(figure.text)));
  return some.length ? some : figures;
}

// The figures that the two sides of a claim give in one unit, each with the claim it is said in.
export function shared(claim, evidence) {
  const all = [{ claim, relation: "own", why: evidence.flatMap((one) => one.why) }, ...evidence];
  const [group] = byUnit(
    all.flatMap(({ claim: one, relation, why }) =>
      compared(one.figures, why).map((figure) => ({ ...figure, said: one, relation })),
    ),
  ).filter((some) => new Set(some.map((figure) => figure.said.article.id)).size > 1);
  return group ?? [];
}

export function sides(figures) {
  const entries = distinct(figures, (figure) => figure.said.article).map((figure) => ({
    figure,
    label: figure.said.article.title,
    href: claimUrl(figure.said),
    tone: figure.relation,
  }));
  return dots(entries, t("chart.sources"));
}

// All figures of one post as a table: as written, in base units, and where.
export function amountTable(figures, article) {
  const entry = (figure) => {
    const of = [figure.row_heading, figure.column_heading].filter(Boolean).join(" · ");
    return h(
      "tr",
      {},
      h("td", {}, figure.claim ? h("a", { href: claimUrl({ id: figure.claim }) }, figure.text) : figure.text),
      h("td", {}, range(figure)),
      h("td", { class: "quiet" }, of),
      h("td", {}, h("a", { href: articleUrl(article, figure.line) }, String(figure.line))),
    );
  };
  const head = ["figures.written", "figures.value", "figures.of", "figures.line"].map((key) =>
    h("th", { scope: "col" }, t(key)),
  );
  return h(
    "details",
    { class: "part" },
    h("summary", {}, t("count.figures", { n: figures.length })),
    h("div", { class: "wide" }, h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, figures.map(entry)))),
  );
}
