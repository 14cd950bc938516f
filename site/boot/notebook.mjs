/**
 * What the notebook needs of the browser: its editor, its style, and a Python of its own.
 *
 * Fetched when the notebook is opened. That Python runs in a worker, from the same files as the
 * page's (see worker.mjs), so nothing that a cell does can stop the page: what does not listen is
 * ended from here. A stop is first asked for in a way that a busy worker can see: each run is
 * handed the address of a blob, looks now and then whether it still stands, and stops when it has
 * been revoked. Where a worker sees no blobs of the page (in a sandboxed frame, and in a file that
 * was opened from disk), its Python is ended at once.
 *
 * In the edition in one file all this stands in the page: the editor's modules are texts, what the
 * worker runs is one, and the worker is handed the bytes of its Python.
 */
import { loadLater, moduleOf } from "./bytes.mjs";
import { packedInside } from "./inside.mjs";
import { at, entryOf, manifest } from "./source.mjs";
import { keptSnapshot } from "./stored.mjs";

const MOST_MEMORY = 2_000_000_000; // bytes of the notebook's Python
const PATIENCE_MS = 700; // for a cell to stop by itself
const FAILED = `(error) => postMessage(JSON.stringify({ kind: "failed", text: String(error) }))`;
const PROGRAM = `async function begin(data) {
  let last;
  for (const address of data.modules) last = await import(address);
  await last.start(data);
}
onmessage = ({ data }) => {
  const setBytes = (done, total) => postMessage(JSON.stringify({ kind: "bytes", done, total }));
  globalThis.nncoreBoot = { ...data.boot, setBytes, setStage() {} };
  begin(data).catch(${FAILED});
};`;

const isInside = Boolean(entryOf(manifest.notebook)); // in this page
const NAME = "notebook-worker.mjs"; // of what the worker runs

let opening;

/**
 * Fetch everything, and have the first Python on its way meanwhile.
 * @returns {Promise<{editor: object, start: (told: (message: string) => void) => Kernel,
 *   packages: number}>} packages: how many there are beside Python's and NumPy
 */
export function openNotebook() {
  opening ??= open();
  opening.catch(() => (opening = undefined)); // the next press tries again
  return opening;
}

async function open() {
  const list = await (isInside ? takeList() : fetchList());
  let first = new Kernel(list);
  const start = (told) => {
    const kernel = first ?? new Kernel(list);
    first = undefined;
    kernel.listen(told);
    return kernel;
  };
  try {
    const editor = await (isInside ? editorInside(list) : fetchEditor(list));
    return { editor, start, packages: Object.keys(list.wheels).length };
  } catch (error) {
    first.end();
    throw error;
  }
}

async function fetchList() {
  const answer = await fetch(at(manifest.notebook));
  if (!answer.ok) throw new Error(`${manifest.notebook}: ${answer.status}`);
  const list = await answer.json();
  for (const path of list.modules) preload(path);
  return list;
}

async function fetchEditor(list) {
  const [editor] = await Promise.all([import(at(list.editor)), style(list.style)]);
  return editor;
}

/** The list in the edition in one file: it holds the texts themselves. */
async function takeList() {
  const bytes = await loadLater(manifest.notebook, () => {});
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * The editor from texts. Each becomes a module by a blob: address; its imports become the addresses
 * of those that it imports, which come before it.
 */
function editorInside({ editor, style: rules }) {
  document.head.append(Object.assign(document.createElement("style"), { textContent: rules }));
  const made = new Map();
  for (const [name, text] of editor) {
    const linked = text.replace(/(["'])\.\/([\w-]+\.mjs)\1/g, (_, quote, file) =>
      [quote, made.get(file), quote].join(""),
    );
    made.set(name, URL.createObjectURL(new Blob([linked], { type: "text/javascript" })));
  }
  return import([...made.values()].at(-1));
}

function preload(path) {
  const link = Object.assign(document.createElement("link"), { rel: "modulepreload" });
  link.href = at(path).href;
  document.head.append(link);
}

/** The style sheet is in force. */
function style(path) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet" });
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => reject(new Error(`${path} could not be fetched`));
    link.href = at(path).href;
    document.head.append(link);
  });
}

/** One Python in a worker. It tells by JSON texts what happens: see explorer/cells. */
class Kernel {
  constructor(list) {
    const heard = [];
    let told = (text) => heard.push(text);
    this.listen = (listener) => {
      told = listener;
      const tellAll = () => heard.splice(0).forEach((text) => told(text));
      queueMicrotask(tellAll); // when the caller is done
    };
    const apart = globalThis.origin === "null" || location.protocol === "file:";
    const address = apart
      ? moduleOf(PROGRAM, NAME)
      : URL.createObjectURL(new Blob([PROGRAM], { type: "text/javascript" }));
    this.worker = new Worker(address, { type: "module" });
    if (!apart) setTimeout(() => URL.revokeObjectURL(address), 60_000);
    this.apart = apart;
    this.stop = "";
    this.worker.onmessage = ({ data }) => typeof data === "string" && told(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      told(JSON.stringify({ kind: "failed", text: event.message ?? "no worker" }));
    };
    const failed = (error) => told(JSON.stringify({ kind: "failed", text: String(error) }));
    this.begin(list).catch(failed);
  }

  async begin(list) {
    const { base = document.baseURI, code, patience } = globalThis.nncoreBoot;
    const lock = { ...manifest.lock, packages: { ...manifest.lock.packages, ...list.packages } };
    const ours = { ...manifest, lock };
    const boot = { manifest: ours, base, patience, mostMemory: MOST_MEMORY };
    const snapshot = await keptSnapshot().catch(() => null);
    const handed = { boot, code: await code, wheels: list.wheels, snapshot };
    if (isInside) {
      const { files, later, parts } = manifest;
      boot.inside = packedInside(Object.keys({ ...files, ...later, ...parts }));
      handed.modules = [moduleOf(list.worker, NAME)];
    } else handed.modules = list.worker.map((path) => at(path).href);
    this.worker.postMessage(handed, snapshot ? [snapshot] : []);
  }

  /** Run a cell. */
  run(number, source) {
    const before = this.stop; // the worker may still look there, at the end of the run before
    if (before) setTimeout(() => URL.revokeObjectURL(before), PATIENCE_MS);
    if (!this.apart) this.stop = URL.createObjectURL(new Blob(["go on"]));
    this.worker.postMessage({ kind: "run", number, source, stop: this.stop });
  }

  /** Ask for anything else: texts, and the bytes of a file. */
  ask(kind, text, bytes) {
    this.worker.postMessage({ kind, text, bytes });
  }

  /** Have the running cell stop; `lost()` is called unless `ended()` was called in time. */
  interrupt(lost) {
    this.release();
    this.waiting ??= setTimeout(lost, this.apart ? 0 : PATIENCE_MS);
  }

  /** The cell has ended. */
  ended() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
  }

  release() {
    if (this.stop) URL.revokeObjectURL(this.stop);
    this.stop = "";
  }

  end() {
    this.ended();
    this.release();
    this.worker.terminate();
  }
}
