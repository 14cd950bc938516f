/**
 * The notebook's Python, in a worker: it runs cells, and tells the page by messages what happens.
 *
 * It starts as the page's Python does (see begin.mjs): from its snapshot or from its files, and from
 * code that the page has compiled already. Packages come from beside the page when a cell imports
 * them.
 */
import { address, answerFrom, begin, MODULES, SOON, stayOnOneStack } from "./begin.mjs";
import { loadModule } from "./bytes.mjs";
import { fetchWheel } from "./extras.mjs";
import { loadPart } from "./parts.mjs";
import { patiently } from "./patience.mjs";
import { readSnapshot } from "./restore.mjs";
import { manifest } from "./source.mjs";

const LOOK_MS = 80; // from one look whether to stop to the next
const post = postMessage.bind(globalThis); // whatever a cell does to the names of this worker
const tell = (message) => post(JSON.stringify(message));
const { performance, XMLHttpRequest } = globalThis;
const stop = { address: "", next: 0, missed: 0 };

/** What the page's modules, which are in its snapshot, have hold of; no cell comes to these. */
const STAND_INS = { window: {}, document: { documentElement: {} } };

/** Whether the page has revoked the address that this run was handed: it is gone twice in a row. */
function isStopped() {
  const now = performance.now();
  if (!stop.address || now < stop.next) return false;
  stop.next = now + LOOK_MS;
  try {
    const request = new XMLHttpRequest();
    request.open("GET", stop.address, false);
    request.send();
    if (request.status === 200) {
      stop.missed = 0;
      return false;
    }
  } catch {
    // it is gone
  }
  if (++stop.missed < 2) return false;
  stop.address = ""; // one interrupt is enough
  return true;
}

/** What Pyodide takes for its interrupt buffer: 2, SIGINT's number, once a stop is wanted. */
const interrupt = {
  get 0() {
    return isStopped() ? 2 : 0;
  },
  set 0(_) {}, // Pyodide sets it back after each look
};

/**
 * Start Python, then do what the page asks, one thing after the other.
 * @param {{code: WebAssembly.Module, wheels: Record<string, object>,
 *   snapshot: ArrayBuffer | null}} handed
 */
export async function start({ code, wheels, snapshot }) {
  const boot = globalThis.nncoreBoot;
  stayOnOneStack();
  boot.died = (error) => tell({ kind: "died", text: String(error) });
  boot.python = startPython(Promise.resolve(code), snapshot);
  const python = await boot.python;
  await loadPart("cells");
  const load = (names) => undisturbed(() => loadPackages(python, JSON.parse(names), wheels));
  const { BrowserEngine } = python.pyimport("nncore.kernel.browser");
  const engine = BrowserEngine(globalThis, python.pyimport("pyodide.ffi"), boot.memory);
  const offered = JSON.stringify(offer(wheels));
  const cells = python.pyimport("explorer.cells.cells").Cells(post, load, offered, engine);
  python.setInterruptBuffer(interrupt);
  let last = Promise.resolve();
  onmessage = ({ data }) => {
    last = last.then(() => answer(cells, data)).catch((error) => boot.died(error));
  };
  tell({ kind: "ready" });
}

/** Python, from the page's snapshot where there is one that does. */
async function startPython(code, snapshot) {
  const modules = Promise.all(MODULES.map(loadModule));
  if (snapshot) {
    await modules; // Pyodide looks where it is when it is read
    Object.assign(globalThis, STAND_INS);
    try {
      const read = Promise.resolve(readSnapshot(snapshot));
      return await begin(code, modules, read, [SOON]);
    } catch (error) {
      console.info("nncore: the notebook's Python starts in the ordinary way:", error);
    } finally {
      for (const name of Object.keys(STAND_INS)) delete globalThis[name];
    }
  }
  return begin(code, modules, null, [SOON]);
}

async function answer(cells, { kind, number, source, stop: place, text, bytes }) {
  if (kind !== "run") return cells.answer(kind, text, bytes);
  Object.assign(stop, { address: place, next: performance.now() + LOOK_MS, missed: 0 });
  await cells.run(number, source);
  stop.address = "";
}

/** Do what Python waits for: an interrupt would then hit its event loop, not the cell. */
async function undisturbed(action) {
  const { address: kept } = stop;
  stop.address = "";
  try {
    return await action();
  } finally {
    stop.address = kept;
  }
}

/** Fetch packages, and what they need, from beside the page, and install them. */
async function loadPackages(python, names, wheels) {
  const missing = needed(names).filter((name) => !(name in python.loadedPackages));
  const files = missing.map((name) => wheels[manifest.lock.packages[name].file_name]);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let arrived = 0;
  const contents = await patiently((signal, heard) => {
    const count = (bytes) => {
      heard();
      tell({ kind: "package", names: missing, done: (arrived += bytes), total });
    };
    return Promise.all(files.map((file) => fetchWheel(file, count, signal)));
  });
  const end = answerFrom(new Map(files.map(({ name }, k) => [address(name), contents[k]])));
  try {
    const faults = [];
    await python.loadPackage(missing, {
      messageCallback() {},
      errorCallback: (fault) => faults.push(fault),
      checkIntegrity: false,
    });
    if (faults.length) throw new Error(faults.join(" "));
  } finally {
    end();
  }
}

/** What can be imported from beside the page: for each package its modules and its bytes. */
function offer(wheels) {
  const found = {};
  for (const [name, { imports, file_name: file }] of Object.entries(manifest.lock.packages)) {
    if (file in wheels) found[name] = { imports, bytes: wheels[file].bytes };
  }
  return found;
}

/** These packages and all that they depend on. */
function needed(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    needed(manifest.lock.packages[name].depends, found);
  }
  return [...found];
}
