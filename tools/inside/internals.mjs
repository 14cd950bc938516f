/**
 * Does what the snapshot relies on still hold in this Pyodide? Each statement of docs/start.md about
 * Pyodide's internals that can be tried under Node is tried here.
 *
 * usage: node internals.mjs RUNTIME RESTORE
 *
 * RUNTIME and RESTORE as for snapshot.mjs. Prints a JSON list of [statement, what was found instead],
 * the second empty where the statement holds.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, restoreFile] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(path.resolve(runtime, name)));
const numpyWheel = (await readdir(runtime)).find((name) => name.startsWith("numpy-"));

delete WebAssembly.Suspending;
const { loadPyodide } = await load("pyodide.mjs");
const { default: createPyodideModule } = await load("pyodide.asm.mjs");
const restore = await import(pathToFileURL(path.resolve(restoreFile)));

let expectedKeys;
let ownTrampoline;
const python = await loadPyodide({
  indexURL: path.resolve(runtime) + path.sep,
  packageBaseUrl: path.resolve(runtime) + path.sep,
  _makeSnapshot: true,
  env: restore.ENVIRONMENT,
  async createPyodideModule(settings) {
    settings.preRun.unshift((module) => {
      ownTrampoline = module.HEAP32[restore.trampolinePlace(module)];
    });
    const module = await createPyodideModule(settings);
    expectedKeys = settings.API.getExpectedKeys;
    return module;
  },
});
const { _module: module, _api: API } = python;
const { FS } = module;
const word = (address) => module.HEAPU32[address >>> 2];

const NAMES = [
  "GOT", "GOTHandler", "LDSO", "convertJsFunctionToWasm", "freeTableIndexes", "getDylinkMetadata",
  "getEmptyTableSlot", "growMemory", "newDSO", "relocateExports", "setWasmTableEntry", "stackRestore",
  "stackSave", "updateTableMap", "wasmTable", "___heap_base", "__PyRuntime",
  "__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET", "_emscripten_get_sbrk_ptr", "_emscripten_stack_get_base",
  "_emscripten_stack_get_end",
];

/** Each returns "" or what it found. */
const statements = {
  "Pyodide's module shows the names that are used of it": () =>
    NAMES.filter((name) => module[name] === undefined).join(", "),
  "its interface shows BUILD_ID, sitepackages and serializeHiwireState": () =>
    [API.config.BUILD_ID, API.sitepackages, API.serializeHiwireState].every(Boolean) ? "" : "not all",
  "Python holds 7 JavaScript objects from the start, the last in the place of loadedPackages": () => {
    const keys = expectedKeys();
    const empty = keys.length === 7 && Object.keys(keys[6]).length === 0;
    return empty && API.public_api.loadedPackages ? "" : keys.map(String).join(", ");
  },
  "the trampoline's address stands where the page writes it": () => {
    const inTable = ownTrampoline > 0 && ownTrampoline < module.wasmTable.length;
    return ownTrampoline === 0 || inTable ? "" : String(ownTrampoline);
  },
  "malloc's chunks have size and flags before them, and follow each other": () => {
    const [small, large] = [module._malloc(40), module._malloc(5000)];
    const inUse = (word(small - 4) & 2) === 2 && (word(large - 4) & ~7) >= 5000;
    module._free(large);
    const free = (word(large - 4) & 2) === 0;
    module._free(small);
    const end = word(module._emscripten_get_sbrk_ptr());
    let chunk = module.___heap_base;
    let count = 0;
    for (; chunk + 8 < end && (word(chunk + 4) & ~7) >= 16; count++) chunk += word(chunk + 4) & ~7;
    return inUse && free && count > 1000 ? "" : `in use ${inUse}, free ${free}, ${count} chunks`;
  },
};

const library = await libraryLoaded();
const offset = (number) => word(library.handle + number);
const { metadata } = library;
Object.assign(statements, {
  "a library's handle holds the size of its part of the table at 24": () =>
    offset(24) === metadata.tableSize ? "" : `${offset(24)} instead of ${metadata.tableSize}`,
  "where that part begins at 20": () =>
    offset(20) + metadata.tableSize <= module.wasmTable.length && module.wasmTable.get(offset(20))
      ? ""
      : String(offset(20)),
  "where its memory begins at 12": () => {
    const own = Object.values(library.exports).filter((each) => each instanceof WebAssembly.Global);
    const inside = ({ value }) => value >= offset(12) && value <= offset(12) + metadata.memorySize;
    return own.length && own.every(inside) ? "" : String(offset(12));
  },
  "and a copy of its file at 28, with its length at 32": () => {
    const copy = module.HEAPU8.subarray(offset(28), offset(28) + offset(32));
    return Buffer.compare(Buffer.from(copy), Buffer.from(library.file)) ? `${offset(32)} bytes` : "";
  },
});

/** One of NumPy's libraries, loaded as an import does it. */
async function libraryLoaded() {
  FS.writeFile("/tmp/numpy.zip", await readFile(path.join(runtime, numpyWheel)));
  python.runPython(`
import zipfile
zipfile.ZipFile("/tmp/numpy.zip").extractall("${API.sitepackages}")
import numpy
`);
  const [[handle, { name, exports }]] = Object.entries(module.LDSO.loadedLibsByHandle).filter(
    ([key]) => key !== "0",
  );
  const file = FS.readFile(name);
  return { handle: Number(handle), exports, file, metadata: module.getDylinkMetadata(file) };
}

const found = Object.entries(statements).map(([text, test]) => {
  try {
    return [text, test()];
  } catch (error) {
    return [text, String(error)];
  }
});
console.log(JSON.stringify(found));
