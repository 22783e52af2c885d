// Whom somebody or something is often named with, as a small drawing: the thicker a line, the more posts.

import { svg } from "./dom.js";
import { entityUrl, shortened } from "./parts.js";
import { t } from "./words.js";

const ROW = 30; // pixels between names
const [LEFT, MIDDLE, RIGHT] = [36, 50, 64]; // per cent of the width
const BEND = 5; // per cent by which the names in the middle stand farther out
const LONGEST = { han: 7, other: 13 }; // characters of a name

export function ring(neighbours, name) {
  const rows = Math.ceil(neighbours.length / 2);
  const height = Math.max(rows, 2) * ROW;
  const most = Math.max(...neighbours.map((one) => one.articles));
  const spots = neighbours.map((one, n) => spot(one, n, rows, height));
  const lines = spots.map(({ one, x, y }) =>
    svg("line", {
      x1: `${MIDDLE}%`,
      y1: height / 2,
      x2: `${x}%`,
      y2: y,
      "stroke-width": (1 + (3 * one.articles) / most).toFixed(1),
    }),
  );
  const middle = svg("circle", { cx: `${MIDDLE}%`, cy: height / 2, r: 9, class: "ring-middle" });
  const label = t("entity.ring", { name });
  return svg("svg", { class: "ring", height, role: "group", "aria-label": label }, lines, middle, spots.map(drawn));
}

function spot(one, n, rows, height) {
  const [row, right] = [Math.floor(n / 2), n % 2];
  const y = ((row + 0.5) / rows) * height;
  const out = BEND * Math.cos(((y - height / 2) / height) * Math.PI);
  return { one, y, right, x: right ? RIGHT + out : LEFT - out };
}

function drawn({ one, x, y, right }) {
  const told = `${one.entity.name}${t("comma")}${t("count.articles", { n: one.articles })}`;
  const text = svg(
    "text",
    { x: `${x}%`, y: y + 4, dx: right ? 10 : -10, class: right ? "" : "end" },
    shortened(one.entity.name, LONGEST[/\p{Script=Han}/u.test(one.entity.name) ? "han" : "other"]),
  );
  const dot = svg("circle", { cx: `${x}%`, cy: y, r: 5 });
  const properties = { href: entityUrl(one.entity), class: one.entity.kind, "aria-label": told };
  return svg("a", properties, svg("title", {}, told), dot, text);
}
