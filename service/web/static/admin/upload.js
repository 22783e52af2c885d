// Posts go in: files, a folder or an archive, and the job is followed until it has ended.

import { address } from "../api.js";
import { h } from "../dom.js";
import { section } from "../parts.js";
import { t } from "../words.js";
import { call, events } from "./session.js";

const POSTS = /\.(md|markdown|mdown|toml|ya?ml|json|zip|tgz|tar\.gz)$/i;
const SOURCE = "[A-Za-z0-9][A-Za-z0-9._\\-]{0,99}";

export function uploadPart(again) {
  const job = h("div", { class: "job", "aria-live": "polite" });
  const source = h("input", {
    type: "text",
    name: "source",
    required: true,
    pattern: SOURCE,
    value: "my-blog",
    list: "known-sources",
    autocomplete: "off",
  });
  const replace = h("input", { type: "checkbox", name: "replace" });
  const send = (files) => sent(files, source, replace.checked, job).then(again);
  const row = h(
    "div",
    { class: "field-row" },
    h("label", {}, t("upload.source"), source),
    h("label", { class: "check" }, replace, t("upload.replace")),
  );
  return { node: section(t("upload.title"), row, dropZone(send), job) };
}

function dropZone(send) {
  const pick = (folder) => {
    const input = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      "aria-label": t(folder ? "upload.folder" : "upload.files"),
      webkitdirectory: folder,
    });
    input.addEventListener("change", () => {
      send([...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
      input.value = "";
    });
    return [
      input,
      h("button", { type: "button", onclick: () => input.click() }, t(folder ? "upload.folder" : "upload.files")),
    ];
  };
  const zone = h(
    "div",
    { class: "drop" },
    h("p", {}, t("upload.drop")),
    h("p", { class: "drop-buttons" }, pick(false), pick(true)),
  );
  const over = (is) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", is);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", async (event) => {
    over(false)(event);
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    send((await Promise.all(entries.map(within))).flat());
  });
  return zone;
}

// All files of what was dropped, folders included, each with its path.
async function within(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => {
      entry.file(resolve, reject);
    });
    return [{ file, path: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (!some.length) return (await Promise.all(found.map(within))).flat();
    found.push(...some);
  }
}

async function sent(files, source, replace, job) {
  const wanted = files.filter(({ path }) => POSTS.test(path));
  if (!source.reportValidity()) return;
  if (!wanted.length) {
    job.replaceChildren(h("p", { class: "error" }, t("upload.none")));
    return;
  }
  const form = new FormData();
  for (const { file, path } of wanted) form.append("files", file, path);
  if (replace) form.append("replace", "true");
  job.replaceChildren(
    h("p", {}, t("upload.sending", { n: wanted.length })),
    h("progress", { "aria-label": t("upload.progress") }),
  );
  try {
    const started = await call("POST", address("/v1/admin/ingest", { source: source.value }), form);
    for await (const state of events(`/v1/admin/jobs/${started.job.id}/events`)) job.replaceChildren(...shown(state));
  } catch (problem) {
    job.replaceChildren(h("p", { class: "error" }, problem.message || t("offline.text")));
  }
}

function shown(job) {
  const { counts } = job;
  const handled = counts.added + counts.updated + counts.unchanged + counts.failed;
  const ended = ["done", "failed", "cancelled"].includes(job.status);
  const bar = h("progress", {
    max: Math.max(job.total, 1),
    value: ended ? Math.max(job.total, 1) : handled,
    "aria-label": t("upload.progress"),
  });
  const told = h(
    "p",
    { class: job.status === "done" ? "done" : job.status === "failed" ? "error" : "" },
    t(`job.${job.status}`),
    t("colon"),
    t("job.counts", counts),
  );
  const rows = job.errors.map((error) =>
    h(
      "tr",
      {},
      h("td", { class: "place" }, error.line ? `${error.path}:${error.line}` : error.path),
      h("td", {}, error.detail),
    ),
  );
  const head = h("tr", {}, h("th", { scope: "col" }, t("job.place")), h("th", { scope: "col" }, t("job.error")));
  return [
    bar,
    told,
    rows.length
      ? h("div", { class: "wide" }, h("table", { class: "errors" }, h("thead", {}, head), h("tbody", {}, rows)))
      : "",
  ];
}
