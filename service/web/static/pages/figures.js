// Figures over all sources: by unit, by words, largest or newest first, drawn along one scale.

import { get } from "../api.js";
import { h } from "../dom.js";
import { articleUrl, claimUrl, listing } from "../parts.js";
import { byUnit, figureDots } from "../chart.js";
import { course } from "../timeline.js";
import { range } from "../quantities.js";
import { go } from "../router.js";
import { t } from "../words.js";

const UNITS = ["GW", "kWh", "USD", "TWD", "CNY", "kg", "km", "%"];
const SORTS = ["newest", "largest", "smallest"];

export async function view({ query }) {
  const unit = query.unit === undefined ? "GW" : query.unit;
  const sort = SORTS.includes(query.sort) ? query.sort : "largest";
  const wanted = { unit, q: query.q, entity: query.entity, sort, limit: 40 };
  const first = await get("/v1/figures", wanted);
  const [group] = byUnit(first.items);
  const chart = group && group.length > 1 ? figureDots(group, t("nav.figures")) : null;
  const over = chart && (await course(group, t("chart.course")));
  const draw = (figure) => {
    const said = figure.said_in
      ? h("a", { href: claimUrl(figure.said_in) }, figure.said_in.text)
      : h("span", {}, [figure.row_heading, figure.column_heading].filter(Boolean).join(" · "));
    return h(
      "article",
      { class: "item valued" },
      h("h2", {}, range(figure), range(figure) === figure.text ? null : h("span", { class: "quiet" }, figure.text)),
      h("p", { class: "about" }, said),
      h(
        "p",
        { class: "facts" },
        h(
          "a",
          { href: articleUrl(figure.article, figure.line) },
          t("claim.where", { title: figure.article.title, line: String(figure.line) }),
        ),
      ),
    );
  };
  const node = h(
    "div",
    { class: "narrow" },
    h("h1", {}, t("nav.figures")),
    chooser({ unit, q: query.q ?? "", sort }),
    h("p", { class: "quiet" }, t("count.figures", { n: first.total ?? first.items.length })),
    over,
    chart,
    listing("/v1/figures", wanted, first, draw),
  );
  return { title: t("nav.figures"), node };
}

function chooser({ unit, q, sort }) {
  const submit = (event) => {
    event.preventDefault();
    go(`/figures?${new URLSearchParams(new FormData(event.currentTarget))}`);
  };
  const again = (event) => event.target.form.requestSubmit();
  const units = [...new Set([unit, ...UNITS, ""])].map((one) =>
    h("option", { value: one, selected: one === unit }, one || t("figures.any")),
  );
  const sorts = SORTS.map((one) => h("option", { value: one, selected: one === sort }, t(`figures.${one}`)));
  return h(
    "form",
    { class: "chooser", onsubmit: submit },
    h("label", {}, t("figures.unit"), h("select", { name: "unit", onchange: again }, units)),
    h("label", {}, t("figures.sort"), h("select", { name: "sort", onchange: again }, sorts)),
    h(
      "label",
      { class: "grow" },
      t("figures.words"),
      h("input", { type: "search", name: "q", value: q, maxlength: 200 }),
    ),
    h("button", { type: "submit" }, t("search")),
  );
}
