// Where posts disagree: pairs of claims that can't both hold, side by side, the largest disagreement first.

import { get } from "../api.js";
import { h } from "../dom.js";
import { claimCard, listing, why } from "../parts.js";
import { t } from "../words.js";

export async function view({ query }) {
  const wanted = { source: query.source, article: query.article, limit: 20 };
  const first = await get("/v1/conflicts", wanted);
  const draw = (pair) =>
    h(
      "article",
      { class: "pair" },
      h("p", { class: "pair-why" }, why(pair.why)),
      claimCard(pair.claim, { relation: "conflict" }),
      claimCard(pair.other, { relation: "conflict" }),
    );
  const told = first.total ? h("p", { class: "quiet" }, t("count.conflicts", { n: first.total })) : null;
  const none = h("p", { class: "empty" }, t("conflicts.none"));
  const node = h(
    "div",
    {},
    h("h1", {}, t("nav.conflicts")),
    h("p", { class: "lead quiet" }, t("conflicts.lead")),
    told,
    listing("/v1/conflicts", wanted, first, draw, none),
  );
  return { title: t("nav.conflicts"), node };
}
