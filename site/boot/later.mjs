/**
 * The archives that no start needs: the rest of the standard library and of NumPy, our sources, and
 * the parts of our own Python.
 *
 * All but the parts are fetched when the page is ready and the browser idle, one after the other,
 * and kept as they came. Python asks for an archive when something is imported from it (see
 * `LaterFinder` in lazy_imports.py). An import cannot wait for an event; so what has not come by
 * then is fetched in a request that keeps everything waiting.
 */
import { takeInside } from "./inside.mjs";
import { at, manifest } from "./source.mjs";

const archives = { ...manifest.files, ...manifest.later, ...manifest.parts };
const kept = new Map(); // archive -> its bytes, packed
const taken = new Set(); // archives that Python has

/** The archive that holds the module and has not been taken yet, or "". */
export function archiveOf(module) {
  const holds = (name) => archives[name].modules?.includes(module) && !taken.has(name);
  return Object.keys(archives).find(holds) ?? "";
}

/** Whether the module is in an archive that no start needs, taken or not. */
export function knows(module) {
  return Object.values(archives).some(({ modules }) => modules?.includes(module));
}

/**
 * The packed bytes of an archive, now; each is handed out once.
 * @param {string} name
 * @returns {Uint8Array}
 * @throws {Error} if it cannot be had
 */
export function take(name) {
  const { bytes: expected } = archives[name];
  let bytes = kept.get(name) ?? fetchNow(name);
  if (bytes.length !== expected) bytes = fetchNow(name, `?${Date.now()}`); // not what the browser keeps
  if (bytes.length !== expected) throw new Error(`${name}: ${bytes.length} of ${expected} bytes`);
  kept.delete(name);
  taken.add(name);
  return bytes;
}

/** Whether taking the archive keeps nobody waiting. */
export function isHere(name) {
  return kept.has(name) || taken.has(name) || !archives[name].path;
}

/** Whether Python has the archive. */
export const isTaken = (name) => taken.has(name);

/** Give Python an archive that has come on another way: its unpacked bytes. */
export function give(name, bytes, python) {
  const imports = python.pyimport("explorer.browser.lazy_imports");
  const content = python.toPy(bytes);
  imports.install(name, content);
  content.destroy();
  imports.destroy();
  taken.add(name);
}

/** Fetch an archive while everything waits. */
function fetchNow(name, query = "") {
  const { path } = archives[name];
  if (!path) return takeInside(name);
  const request = new XMLHttpRequest();
  request.open("GET", at(path + query), false);
  request.overrideMimeType("text/plain; charset=x-user-defined"); // each byte a letter
  request.send();
  if (request.status !== 200) throw new Error(`${name}: ${request.status}`);
  return Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0));
}

/**
 * Fetch archives when the page is ready and the browser idle; what fails comes when it is wanted.
 * When this is over, `data-later` on <html> says whether all of them have come: "kept" or "missing".
 * @param {string[]} [missing] further archives that Python lacks
 */
export async function fetchWhenIdle(missing = []) {
  await ready();
  if (navigator.connection?.saveData) return;
  let whole = true;
  for (const name of [...missing, ...Object.keys(manifest.later)]) {
    await idle();
    if (isHere(name)) continue;
    const { path, bytes } = archives[name];
    const content = await fetch(at(path), { priority: "low" })
      .then((answer) => (answer.ok ? answer.arrayBuffer() : null))
      .catch(() => null);
    if (content?.byteLength !== bytes) whole = false;
    else if (!taken.has(name)) kept.set(name, new Uint8Array(content));
  }
  document.documentElement.dataset.later = whole ? "kept" : "missing";
}

/** Settled when Python has drawn its first frame. */
function ready() {
  const root = document.documentElement;
  return new Promise((resolve) => {
    const look = () => root.dataset.state === "ready" && (observer.disconnect(), resolve());
    const observer = new MutationObserver(look);
    observer.observe(root, { attributeFilter: ["data-state"] });
    look();
  });
}

/** Settled when the browser has nothing else to do. */
export function idle() {
  const wait = globalThis.requestIdleCallback ?? ((action) => setTimeout(action, 200));
  return new Promise((resolve) => wait(() => resolve()));
}
