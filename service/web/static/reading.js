// A text with its marks: names lead to who they are, figures tell their value, claims to what others say.

import { get, of } from "./api.js";
import { h, safeUrl } from "./dom.js";
import { range } from "./quantities.js";
import { contentLanguage, t } from "./words.js";

const MARKS = ["names", "figures", "claims"];

// The switches above a text: which marks are shown.
export function choices(body) {
  const boxes = MARKS.map((mark) => {
    const change = (event) => body.classList.toggle(`no-${mark}`, !event.target.checked);
    return h(
      "label",
      { class: `choice ${mark}` },
      h("input", { type: "checkbox", checked: true, onchange: change }),
      t(`marks.${mark}`),
    );
  });
  return h("fieldset", { class: "choices-of-marks" }, h("legend", { class: "unseen" }, t("marks")), boxes);
}

export function articleBody(id, text, known, line) {
  const body = h("div", {
    class: "text",
    lang: contentLanguage() === "original" ? { Hant: "zh-Hant", Hans: "zh-Hans" }[text.script] : contentLanguage(),
  });
  const more = h("button", { type: "button", class: "more" }, t("more"));
  const add = (page) => {
    more.before(...drawn(page.blocks, known, id));
    more.hidden = !page.next;
    more.onclick = async () => add(await get(of("articles", id, "text"), { limit: 100, cursor: page.next }));
    const last = page.blocks.at(-1);
    if (page.next && line && last && last.line < line) more.click(); // what was asked for is further down
  };
  body.append(more);
  add(text);
  return body;
}

// Blocks that share a line of the file are the cells of a table's row.
function drawn(blocks, known, id) {
  const shown = blocks.filter((block) => block.kind !== "front" && !titled(block, known));
  const rows = [];
  for (const block of shown) {
    const row = rows.at(-1);
    if (row && row[0].line === block.line && row[0].kind === "text" && block.kind === "text") row.push(block);
    else rows.push([block]);
  }
  return rows.map((row) => line(row, known, id));
}

// The heading that gave the post its title stands above the text already.
function titled(block, known) {
  return block.kind === "heading" && block.start === 0 && block.runs.map((run) => run.text).join("") === known.title;
}

function line(row, known, id) {
  const [first] = row;
  const place = h(
    "a",
    {
      class: "line",
      href: `/articles/${id}?line=${first.line}`,
      "aria-label": t("line", { line: String(first.line) }),
    },
    String(first.line),
  );
  const content =
    row.length > 1
      ? h(
          "div",
          { class: "cells" },
          row.map((cell) => h("span", {}, runs(cell, known))),
        )
      : block(first, known);
  return h("div", { class: "block", "data-line": first.line }, place, content);
}

function block(one, known) {
  if (one.kind === "heading") return h(`h${Math.min(2 + one.level - known.top, 6)}`, {}, runs(one, known));
  if (one.kind === "fixed")
    return h(
      "pre",
      {},
      one.runs.map((run) => run.text),
    );
  return h("p", {}, runs(one, known));
}

function runs(block, known) {
  const parts = [];
  for (let n = 0; n < block.runs.length;) {
    const { claim } = block.runs[n];
    let end = n + 1;
    while (end < block.runs.length && block.runs[end].claim === claim) end += 1;
    const inside = merged(block.runs.slice(n, end)).map((run) => mark(run, known));
    parts.push(claim ? saying(claim, inside) : inside);
    n = end;
  }
  return parts;
}

// A link's text may hold a name: a link within a link is none, so the name's link counts and the rest keeps the other.
function merged(some) {
  const together = [];
  for (const run of some) {
    const last = together.at(-1);
    if (last && run.href && !run.entity && last.href === run.href && !last.entity && !last.figure && !run.figure)
      together[together.length - 1] = { ...last, text: last.text + run.text };
    else together.push(run);
  }
  return together;
}

function saying(claim, inside) {
  return h(
    "span",
    { class: "saying" },
    inside,
    h(
      "a",
      { class: "saying-mark", href: `/claims/${claim}`, title: t("claim.open"), "aria-label": t("claim.open") },
      "⁂",
    ),
  );
}

function mark(run, known) {
  const figure = run.figure && known.figures.get(run.figure);
  const text = run.figure ? h("span", { class: "figure", title: figure ? range(figure) : null }, run.text) : run.text;
  if (run.entity) {
    const entity = known.entities.get(run.entity);
    return h(
      "a",
      {
        class: `name ${entity?.kind ?? ""}`,
        href: `/entities/${encodeURIComponent(run.entity)}`,
        title: entity && entity.name !== run.text ? entity.name : null,
      },
      text,
    );
  }
  if (run.article) return h("a", { href: `/articles/${run.article}` }, text);
  const out = run.href && safeUrl(run.href);
  return out ? h("a", { href: out, rel: "noopener", target: "_blank" }, text) : text;
}
