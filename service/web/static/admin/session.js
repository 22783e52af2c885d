// The token of whoever edits: held in this page's memory alone, and gone with it.

import { Problem, answered } from "../api.js";

let token = null;

export const signedIn = () => token !== null;

export function signOut() {
  token = null;
}

// Take the token if the service does; tell what it may do.
export async function signIn(given) {
  const may = {
    ingest: await allowed(given, "/v1/admin/sources"),
    edit: await allowed(given, "/v1/admin/decisions?limit=1"),
  };
  token = given;
  return may;
}

async function allowed(given, path) {
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${given}` }, cache: "no-store" });
  if (answer.status === 403) return false;
  await answered(Promise.resolve(answer));
  return true;
}

function authorized(options) {
  if (token === null) throw new Problem(401, "");
  return { ...options, cache: "no-store", headers: { ...options.headers, Authorization: `Bearer ${token}` } };
}

// Call an admin address; `body` is sent as JSON, or as it is where it is a form.
export function call(method, path, body) {
  const form = body instanceof FormData;
  const headers = body && !form ? { "Content-Type": "application/json" } : {};
  return answered(fetch(path, authorized({ method, headers, body: !body || form ? body : JSON.stringify(body) })));
}

// Follow a job: EventSource sends no token, so the stream is read by hand (HTML Standard 9.2, server-sent events).
export async function* events(path) {
  const answer = await fetch(path, authorized({}));
  if (!answer.ok) await answered(Promise.resolve(answer));
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const data = part
        .split("\n")
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5).trim());
      if (data.length) yield JSON.parse(data.join("\n"));
    }
  }
}
