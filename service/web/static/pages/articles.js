import { get } from "../api.js";
import { h } from "../dom.js";
import { articleItem, listing } from "../parts.js";
import { t } from "../words.js";

export async function view({ query }) {
  const wanted = { tag: query.tag, source: query.source, q: query.q, drafts: "false", limit: 20 };
  const first = await get("/v1/articles", wanted);
  const chosen = [
    query.tag && t("articles.tag", { tag: query.tag }),
    query.source && t("articles.source", { source: query.source }),
  ].filter(Boolean);
  const tags = (article) =>
    h(
      "p",
      { class: "chips" },
      article.tags
        .slice(0, 6)
        .map((tag) => h("a", { class: "tag", href: `/articles?tag=${encodeURIComponent(tag)}` }, tag)),
    );
  const list = listing("/v1/articles", wanted, first, (article) =>
    articleItem(article, { more: article.tags.length ? tags(article) : null, level: 2 }),
  );
  const note = chosen.length
    ? h("p", { class: "quiet" }, chosen.join(t("comma")), " ", h("a", { href: "/articles" }, t("articles.every")))
    : h("p", { class: "quiet" }, t("count.articles", { n: first.total ?? 0 }));
  return { title: t("nav.articles"), node: h("div", { class: "narrow" }, h("h1", {}, t("nav.articles")), note, list) };
}
