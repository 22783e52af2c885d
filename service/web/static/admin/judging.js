// Pairs of claims that seem to disagree: an editor says whether they do.

import { h } from "../dom.js";
import { claimCard, section, why } from "../parts.js";
import { t } from "../words.js";
import { call } from "./session.js";

const RELATIONS = ["conflict", "different", "same"];

export function conflictsPart(again) {
  const list = h("div", {});
  const judged = h("ul", { class: "rows" });
  const error = h("p", { class: "error", role: "alert" });
  const told = (action) => async () => {
    error.textContent = "";
    await action().catch((problem) => {
      error.textContent = problem.message || t("offline.text");
    });
    again();
  };
  const refresh = async () => {
    const [open, done] = await Promise.all([
      call("GET", "/v1/conflicts?limit=10"),
      call("GET", "/v1/admin/judgements?limit=20"),
    ]);
    list.replaceChildren(...open.items.filter((pair) => !pair.judgement).map((pair) => row(pair, told)));
    if (!open.items.length) list.replaceChildren(h("p", { class: "quiet" }, t("conflicts.none")));
    judged.replaceChildren(...done.items.map((one) => taken(one, told)));
  };
  return { node: section(t("judge.title"), error, list, judged), refresh };
}

function row(pair, told) {
  const path = `/v1/admin/claims/${encodeURIComponent(pair.claim.id)}/judgements`;
  const judge = (relation) => told(() => call("POST", path, { other: pair.other.id, relation }));
  const buttons = RELATIONS.map((relation) =>
    h("button", { type: "button", onclick: judge(relation) }, t(`judge.${relation}`)),
  );
  return h(
    "article",
    { class: "pair" },
    claimCard(pair.claim),
    claimCard(pair.other, { relation: "conflict", note: why(pair.why) }),
    h("p", { class: "judge" }, buttons),
  );
}

function taken(one, told) {
  const undo = told(() => call("DELETE", `/v1/admin/judgements/${one.id}`));
  return h(
    "li",
    {},
    h(
      "span",
      { class: "grow" },
      h("strong", {}, t(`judge.${one.relation}`)),
      h("br"),
      h("span", { class: "quiet" }, `${one.one_text ?? ""} / ${one.other_text ?? ""}`),
    ),
    h("button", { type: "button", onclick: undo }, t("decisions.undo")),
  );
}
