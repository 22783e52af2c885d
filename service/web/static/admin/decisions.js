// What editors decided, the latest first; each can be taken back.

import { h } from "../dom.js";
import { section } from "../parts.js";
import { date, t } from "../words.js";
import { call } from "./session.js";

export function decisionsPart(again) {
  const list = h("ul", { class: "rows" });
  const refresh = async () => {
    const page = await call("GET", "/v1/admin/decisions?limit=30");
    list.replaceChildren(...page.items.map((one) => row(one, again)));
    if (!page.items.length) list.replaceChildren(h("li", { class: "quiet" }, t("decisions.none")));
  };
  return { node: section(t("decisions.title"), list), refresh };
}

function row(one, again) {
  const undo = async () => {
    await call("DELETE", `/v1/admin/decisions/${one.id}`).catch(() => null);
    again();
  };
  const value = Object.values(one.value)
    .flat()
    .filter((part) => typeof part === "string")
    .join(t("comma"));
  const who = [one.by, one.at && date(one.at), one.why].filter(Boolean).join(" · ");
  return h(
    "li",
    {},
    h(
      "span",
      { class: "grow" },
      h("strong", {}, t(`decision.${one.kind}`)),
      ` ${one.entity?.name ?? one.entity_id ?? ""}`,
      value ? ` → ${value}` : "",
      h("br"),
      h("span", { class: "quiet" }, who),
    ),
    h("button", { type: "button", onclick: undo }, t("decisions.undo")),
  );
}
