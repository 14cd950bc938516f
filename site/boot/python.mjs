/**
 * Start Python: Pyodide, NumPy and the page's own packages, from files that we fetch ourselves.
 *
 * Pyodide asks for its files with `fetch`. While it starts, those few requests are answered with
 * the bytes that are already on their way, so that nothing is fetched twice, the bytes can be
 * counted, and WebAssembly is compiled while it arrives.
 */
import { load, loadAsUrl } from "./bytes.mjs";
import { manifest } from "./source.mjs";

const { setStage } = globalThis.nncoreBoot;
const WASM = "pyodide.asm.wasm";
const LIBRARY = "python_stdlib.zip";

/** Addresses that exist only for Pyodide's requests: they are answered from `load`. */
const address = (name) => new URL(`runtime/${name}`, document.baseURI).href;

/**
 * Start Python and import nothing.
 * @returns {Promise<object>} Pyodide's interface, with the packages of the pruned lock installed
 */
export async function startPython() {
  const packages = Object.values(manifest.lock.packages);
  const names = [WASM, LIBRARY, ...packages.map((each) => each.file_name)];
  const files = new Map(names.map((name) => [name, load(name)]));
  const allWhole = Promise.all([...files.values()].map((file) => file.whole));
  const restoreFetch = answerFrom(files);
  const instantiated = watchInstantiation().catch(async (error) => {
    await files.get(WASM).whole; // a damaged file is the better explanation
    throw error;
  });
  const never = new Promise(() => {});
  try {
    return await Promise.race([
      loadPyodide(packages.map((each) => each.name)),
      allWhole.then(() => never),
      instantiated.then(() => never),
    ]);
  } finally {
    restoreFetch();
  }
}

async function loadPyodide(packages) {
  const [{ loadPyodide: start }, { default: createPyodideModule }] = await Promise.all(
    ["pyodide.mjs", "pyodide.asm.mjs"].map(async (name) => import(await loadAsUrl(name))),
  );
  const python = await start({
    indexURL: address(""),
    createPyodideModule,
    lockFileContents: JSON.stringify(manifest.lock),
    packageBaseUrl: address(""),
  });
  python._api.on_fatal = globalThis.nncoreBoot.died;
  setStage("numpy");
  await python.loadPackage(packages, { messageCallback: () => {}, checkIntegrity: false });
  return python;
}

/** Answer requests for `files` with their bytes; returns a function that ends this. */
function answerFrom(files) {
  const { fetch } = globalThis;
  const routes = new Map([...files].map(([name, file]) => [address(name), file.response]));
  globalThis.fetch = (resource, options) =>
    routes.get(String(resource?.url ?? resource)) ?? fetch(resource, options);
  return () => {
    globalThis.fetch = fetch;
  };
}

/**
 * Pyodide only warns when WebAssembly does not start, and then waits for ever.
 * @returns {Promise<void>} settled with the one instantiation that takes place
 */
function watchInstantiation() {
  const stock = WebAssembly.instantiateStreaming;
  return new Promise((resolve, reject) => {
    WebAssembly.instantiateStreaming = async (source, imports) => {
      WebAssembly.instantiateStreaming = stock;
      try {
        const result = await stock(source, imports);
        // Python's memory, for whoever wants to work on NumPy's arrays in place
        globalThis.nncoreBoot.memory = result.instance.exports.memory;
        setStage("start");
        resolve();
        return result;
      } catch (error) {
        reject(error);
        throw error;
      }
    };
  });
}
