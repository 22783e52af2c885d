const API = "https://YOUR-WENMAI/";
// The address of a folder that `wenmai export --static` has written, at any host that lets other sites read it, as
// GitHub Pages does: notes then show what belongs to them while the service is down, too. Empty: they show nothing.
const STATIC = "https://YOUR-STATIC-EXPORT/";

const roots = [STATIC, API].filter(Boolean);
roots.reduce((asked, root) => asked.catch(() => import(`${root}widget.js`)), Promise.reject()).catch(() => {});

function show() {
  const note = document.querySelector(".markdown-preview-view");
  for (const name of ["wenmai-related", "wenmai-claims"]) {
    const tag = document.querySelector(name) ?? document.createElement(name);
    tag.setAttribute("api", API);
    if (STATIC) tag.setAttribute("static", STATIC);
    tag.setAttribute("url", location.href.split(/[?#]/)[0]);
    note?.append(tag);
  }
}

// Another note is shown without another page being loaded; its text is drawn a moment later.
publish.on("navigated", () => setTimeout(show, 100));
setTimeout(show, 100);
