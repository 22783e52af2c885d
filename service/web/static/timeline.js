// A figure over time: when each post gives which value, as dots and ranges on one plane, each leading to its place.

import { get, of } from "./api.js";
import { h, svg } from "./dom.js";
import { articleUrl, claimUrl } from "./parts.js";
import { amount, range } from "./quantities.js";
import { date, t } from "./words.js";

const HEIGHT = 240; // pixels
const [TOP, BOTTOM] = [16, HEIGHT - 30];
const [LEFT, RIGHT] = [2, 98]; // per cent of the width
const SCALE = 72; // pixels, for the values beside it
const LEAST = 3; // dots, on two days at least: fewer are no course
const MOST_ASKED = 30; // posts whose date is looked up
const LOGARITHMIC = 200;

const day = (text) => Date.parse(/^\d{4}(-\d{2}){0,2}/.exec(text)?.[0] ?? "");

// The dates of the posts that the figures stand in; `known` holds those that are known already.
async function dated(figures, known) {
  const ids = [...new Set(figures.map((figure) => figure.article.id))].filter((id) => !known.has(id));
  const asked = ids.slice(0, MOST_ASKED).map((id) => get(of("articles", id)).catch(() => null));
  for (const article of await Promise.all(asked)) if (article) known.set(article.id, article.published);
  return figures
    .map((figure) => ({ figure, published: known.get(figure.article.id), at: day(known.get(figure.article.id) ?? "") }))
    .filter((one) => Number.isFinite(one.at));
}

// The same value in the same post is one dot.
function distinct(entries) {
  const of = ({ figure }) => `${figure.article.id} ${figure.low} ${figure.high}`;
  return [...new Map(entries.map((entry) => [of(entry), entry])).values()];
}

// Round steps: 1, 2 or 5 times a power of ten; powers of ten alone where small and large lie far apart.
function ticks(low, high) {
  if (low > 0 && high / low >= LOGARITHMIC) {
    const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
    const step = Math.max(1, Math.ceil((to - from) / 4));
    return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, n) => 10 ** (from + n * step));
  }
  const from = Math.min(0, low);
  const rough = (high - from || 1) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  return Array.from({ length: Math.ceil((high - from) / step - 1e-9) + 1 }, (_, n) => from + n * step);
}

function plane(entries) {
  const values = entries.flatMap(({ figure }) => [figure.low, figure.high]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const marks = ticks(low, high);
  const turn = low > 0 && high / low >= LOGARITHMIC ? Math.log10 : (value) => value;
  const [from, to] = [turn(Math.min(marks[0], low)), turn(Math.max(marks.at(-1), high))];
  const times = entries.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return {
    marks,
    first,
    last,
    x: (at) => LEFT + ((at - first) / (last - first || 1)) * (RIGHT - LEFT),
    y: (value) => BOTTOM - ((turn(value) - from) / (to - from || 1)) * (BOTTOM - TOP),
  };
}

function scale(on, unit) {
  const texts = on.marks.map((mark) =>
    svg("text", { x: SCALE - 10, y: on.y(mark) + 4, class: "chart-tick end" }, amount(mark, unit)),
  );
  return svg("svg", { width: SCALE, height: HEIGHT, class: "chart-scale", "aria-hidden": "true" }, texts);
}

function ground(on) {
  const lines = on.marks.map((mark) =>
    svg("line", { x1: 0, x2: "100%", y1: on.y(mark), y2: on.y(mark), class: "chart-track" }),
  );
  const day = (at) => date(new Date(at).toISOString().slice(0, 10));
  const first = svg("text", { x: 0, y: HEIGHT - 6, class: "chart-tick" }, day(on.first));
  return [lines, first, svg("text", { x: "100%", y: HEIGHT - 6, class: "chart-tick end" }, day(on.last))];
}

function dot({ figure, published, at }, on) {
  const x = `${on.x(at).toFixed(2)}%`;
  const told = `${figure.article.title}${t("comma")}${date(published)}${t("colon")}${range(figure)}`;
  const href = figure.claim ? claimUrl({ id: figure.claim }) : articleUrl(figure.article, figure.line);
  const span =
    figure.low === figure.high
      ? null
      : svg("line", { x1: x, x2: x, y1: on.y(figure.low), y2: on.y(figure.high), class: "chart-span" });
  const middle = figure.low === figure.high ? figure.low : figure.high;
  const body = [span, svg("circle", { cx: x, cy: on.y(middle), r: 6 }), svg("title", {}, told)];
  return svg("a", { href, class: `chart-dot ${figure.relation ?? ""}`, "aria-label": told }, body);
}

// The course of figures of one unit, or null where too few posts say when they were written.
export async function course(figures, title, known = new Map()) {
  const entries = distinct(await dated(figures, known));
  if (entries.length < LEAST || new Set(entries.map(({ at }) => at)).size < 2) return null;
  const on = plane(entries);
  const dots = [...entries].sort((a, b) => a.at - b.at).map((entry) => dot(entry, on));
  return h(
    "figure",
    { class: "chart course" },
    h("figcaption", { class: "quiet" }, title),
    h(
      "div",
      { class: "chart-plane" },
      scale(on, figures[0].unit),
      svg("svg", { height: HEIGHT, role: "group", "aria-label": title }, ground(on), dots),
    ),
  );
}
