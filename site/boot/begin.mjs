/**
 * Bring Pyodide up, in the page or in a worker: NumPy installed, our own packages in reach.
 *
 * Pyodide asks for its files with `fetch`. While it starts, those few requests are answered with
 * the bytes that are already on their way, so that nothing is fetched twice and the bytes can be
 * counted. WebAssembly is compiled as soon as it can be, without waiting for Pyodide to ask.
 */
import { goWithout, load } from "./bytes.mjs";
import * as later from "./later.mjs";
import { codeIsHere, lineIsFast } from "./line.mjs";
import { restoring } from "./restore.mjs";
import { at, manifest } from "./source.mjs";

const { setStage } = globalThis.nncoreBoot;
export const WASM = "pyodide.asm.wasm";
export const MODULES = ["pyodide.mjs", "pyodide.asm.mjs"];
export const SOON = "numpy_later.zip"; // the lab's first picture needs the generators in it
const LIBRARY = "python_stdlib.zip";
const { numpy, "nncore-playground": own } = manifest.lock.packages;
const NUMPY = numpy.file_name;
const OWN = own.file_name;

/** Addresses that exist only for Pyodide's requests: they are answered by `answerFrom`. */
export const address = (name) => at(`runtime/${name}`).href;

/** What a start from a snapshot does without, until something is imported that is not in it. */
export const MISSING = manifest.snapshot?.instead ?? [];

/**
 * Start Python from the files of the list.
 * @param {Promise<WebAssembly.Module>} code Python's own, compiled
 * @param {Promise<object[]>} modules Pyodide's two
 * @param {Promise<object> | null} snapshot as `readSnapshot` gives it
 * @param {string[]} soon archives that are wanted at once, beside those of every start
 * @returns {Promise<object>} Pyodide's interface, with NumPy installed and our packages in reach
 */
export async function begin(code, modules, snapshot, soon) {
  const names = snapshot ? [OWN, ...soon] : [LIBRARY, NUMPY, OWN, ...soon];
  const files = loadInOrder(names, code);
  if (snapshot) goWithout(MISSING);
  const restoreFetch = answerFrom(routesTo(files));
  const instantiated = instantiateFrom(code);
  const never = new Promise(() => {});
  const failed = (promise) => promise.then(() => never);
  try {
    const python = await Promise.race([
      loadPyodide(modules, files, snapshot),
      ...[code, instantiated, ...files.values()].map(failed),
    ]);
    restoreFetch(); // after a failure not: what Pyodide then still asks for is nowhere else
    return python;
  } catch (error) {
    if (snapshot) goWithout(MISSING, -1);
    throw error;
  }
}

/**
 * Keep Python on the page's own stack. Where a browser can suspend WebAssembly, Pyodide runs
 * programs on a small stack of their own, so that they could wait; ours never wait. Chromium's
 * sampling heap profiler, which is switched on for a part of its users at random, reads beyond
 * the end of such a stack, and the tab dies (Chromium 156, with the profiler on: 6 of 20 starts).
 */
export function stayOnOneStack() {
  delete WebAssembly.Suspending;
}

async function loadPyodide(modules, files, snapshot) {
  const [{ loadPyodide: start }, { default: createPyodideModule }] = await modules;
  const python = await start({
    indexURL: address(""),
    createPyodideModule,
    lockFileContents: JSON.stringify(manifest.lock),
    packageBaseUrl: address(""),
    ...(snapshot && restoring(snapshot, createPyodideModule)),
  });
  python._api.on_fatal = globalThis.nncoreBoot.died;
  setStage("numpy");
  if (snapshot) python.loadedPackages.numpy = "default channel";
  else await python.loadPackage("numpy", { messageCallback: () => {}, checkIntegrity: false });
  python.FS.writeFile(`/lib/${OWN}`, new Uint8Array(await files.get(OWN)));
  // Python reads it as it lies, without unpacking
  if (!snapshot) python.pyimport("sys").path.append(`/lib/${OWN}`);
  const imports = python.pyimport("explorer.browser.lazy_imports");
  if (!snapshot) imports.prepare();
  imports.connect(later, snapshot ? MISSING : []);
  imports.destroy();
  if (files.has(SOON)) later.give(SOON, await files.get(SOON), python);
  return python;
}

/**
 * Fetch files of the start. A slow line brings them one after the other, behind Python's code and in
 * the order in which they are needed: Python starts while NumPy is still on its way.
 * @param {string[]} names
 * @param {Promise<WebAssembly.Module>} code when it is there, however it came, nothing waits for it
 * @returns {Map<string, Promise<ArrayBuffer>>}
 */
function loadInOrder(names, code) {
  const compiled = code.then(() => false, () => false);
  const allAtOnce = Promise.race([lineIsFast, compiled]);
  let before = Promise.race([codeIsHere, compiled]);
  return new Map(
    names.map((name) => {
      const turn = before;
      let done;
      before = new Promise((resolve) => (done = resolve));
      const bytes = allAtOnce.then((now) => now || turn).then(() => load(name, done));
      bytes.catch(done); // it is told where it is awaited
      return [name, bytes];
    }),
  );
}

/** What Pyodide's requests are answered with: address -> bytes, or a promise of them. */
function routesTo(files) {
  const routes = new Map([...files].map(([name, bytes]) => [address(name), bytes]));
  if (!files.has(LIBRARY)) routes.set(address(LIBRARY), new ArrayBuffer(0)); // it comes later
  return routes.set(address(WASM), null); // compiled already: see `instantiateFrom`
}

/**
 * Answer requests for some addresses without asking anybody.
 * @param {Map<string, ArrayBuffer | Promise<ArrayBuffer> | null>} routes address -> bytes
 * @returns {() => void} ends this
 */
export function answerFrom(routes) {
  const { fetch } = globalThis;
  globalThis.fetch = async (resource, options) => {
    const url = String(resource?.url ?? resource);
    return routes.has(url) ? new Response(await routes.get(url)) : fetch(resource, options);
  };
  return () => {
    globalThis.fetch = fetch;
  };
}

/**
 * Instantiate `code` where Pyodide would compile WebAssembly itself. Pyodide only warns when that
 * does not work, and then waits for ever.
 * @param {Promise<WebAssembly.Module>} code
 * @returns {Promise<void>} settled with the one instantiation that takes place
 */
function instantiateFrom(code) {
  const stock = WebAssembly.instantiateStreaming;
  return new Promise((resolve, reject) => {
    WebAssembly.instantiateStreaming = async (_, imports) => {
      WebAssembly.instantiateStreaming = stock;
      try {
        const module = await code;
        limitMemory(imports.env);
        const instance = await WebAssembly.instantiate(module, imports);
        // Python's memory, for whoever wants to work on NumPy's arrays in place
        globalThis.nncoreBoot.memory = instance.exports.memory;
        setStage("start");
        resolve();
        return { module, instance };
      } catch (error) {
        reject(error);
        throw error;
      }
    };
  });
}

/**
 * Where there is a limit to Python's memory (see notebook.mjs), refuse to grow beyond it: Python
 * then raises MemoryError, where the browser would end the whole tab.
 */
function limitMemory(env) {
  const { mostMemory } = globalThis.nncoreBoot;
  const grow = env.emscripten_resize_heap;
  if (mostMemory) env.emscripten_resize_heap = (size) => (size >>> 0 > mostMemory ? 0 : grow(size));
}
