import { h } from "preact"
import type { QuartzComponentConstructor, QuartzComponentProps } from "./types"

const API = "https://YOUR-WENMAI/"

export default (() => {
  const Wenmai = ({ cfg, fileData }: QuartzComponentProps) => {
    const root = `https://${cfg.baseUrl}/`
    const url = encodeURI(root + (fileData.slug ?? "").replace(/(^|\/)index$/, "$1"))
    const shown = { url, api: API, static: `${new URL(root).pathname}static/wenmai/` }
    return h("div", { class: "wenmai" }, h("wenmai-related", shown), h("wenmai-claims", shown))
  }
  // The script lies at the root of the site, beside the folder of static files.
  Wenmai.afterDOMLoaded = `import("./static/wenmai/widget.js").catch(() => import("${API}widget.js"))`
  return Wenmai
}) satisfies QuartzComponentConstructor
