const API = "https://YOUR-WENMAI/";
import(`${API}widget.js`);

function show() {
  const note = document.querySelector(".markdown-preview-view");
  for (const name of ["wenmai-related", "wenmai-claims"]) {
    const tag = document.querySelector(name) ?? document.createElement(name);
    tag.setAttribute("api", API);
    tag.setAttribute("url", location.href.split(/[?#]/)[0]);
    note?.append(tag);
  }
}

// Another note is shown without another page being loaded; its text is drawn a moment later.
publish.on("navigated", () => setTimeout(show, 100));
setTimeout(show, 100);
