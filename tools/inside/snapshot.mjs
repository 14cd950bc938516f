/**
 * Make a snapshot of Python's memory in which everything is imported that a page needs at its start.
 *
 * usage: node snapshot.mjs RUNTIME MAIN RESTORE OUT MODULE ...
 *
 * RUNTIME is a folder with the page's own runtime (pyodide.mjs, pyodide.asm.*, python_stdlib.zip and
 * the wheels of NumPy and ours, unpacked from dist/), MAIN the page's main.py, whose imports are
 * made, RESTORE the folder of site/boot/restore.mjs, OUT the file to write; MODULE are further
 * modules to import. docs/start.md explains the steps. The result is restored once, here, and has
 * to compute; two runs give the same bytes.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, mainFile, restoreFile, out, ...modules] = process.argv.slice(2);
const read = (name) => readFile(path.join(runtime, name));
const names = await readdir(runtime);
const numpyWheel = names.find((name) => name.startsWith("numpy-"));
const ownWheel = names.find((name) => name.startsWith("nncore_playground-"));
const GAP = 32; // unchanged bytes between two spans that are cheaper to keep than another span

fixTheWorld();
const { loadPyodide } = await import(pathToFileURL(path.resolve(runtime, "pyodide.mjs")));
const { default: createPyodideModule } = await import(
  pathToFileURL(path.resolve(runtime, "pyodide.asm.mjs"))
);
const restore = await import(pathToFileURL(path.resolve(restoreFile)));

/** Nothing of this machine or of this moment may come into the snapshot. */
function fixTheWorld() {
  delete WebAssembly.Suspending; // as the page does
  Date.now = () => 1_700_000_000_000;
  Math.random = () => 0.5;
  performance.now = () => 1000;
  Object.defineProperty(performance, "timeOrigin", { value: 1_700_000_000_000 });
  crypto.getRandomValues = (bytes) => bytes.fill(7);
  Object.defineProperty(globalThis, "navigator", { value: undefined }); // it names a language
  Object.defineProperty(process, "argv", { value: ["node"] });
}

/** What our modules reach for in the browser when they are imported; kept as paths of names. */
const STAND_IN = {
  document: { documentElement: {} },
  window: {},
  Path2D: class {},
  Object: { fromEntries: () => ({}) },
};

const options = {
  indexURL: path.resolve(runtime) + path.sep,
  packageBaseUrl: path.resolve(runtime) + path.sep,
  lockFileContents: JSON.stringify({ ...JSON.parse(await read("pyodide-lock.json")), packages: {} }),
};

/** Everything that is known of Pyodide's own memory and table before Python has started. */
const first = {};

/** Pyodide's module, watched while it is made. */
async function watched(settings) {
  const instantiate = settings.instantiateWasm;
  settings.instantiateWasm = (imports, done) =>
    instantiate(imports, (instance, code) => {
      first.memory = new Uint8Array(instance.exports.memory.buffer.slice(0));
      first.fixed = instance.exports.__indirect_function_table.length;
      done(instance, code);
    });
  settings.preRun.unshift((module) => {
    // Browsers give Python's trampoline a place of the table; this Node has none, but keeps it free.
    const given = module.HEAP32[restore.trampolinePlace(module)];
    first.trampoline = given || module.getEmptyTableSlot();
    first.main = module.wasmTable.length;
  });
  return createPyodideModule(settings);
}

const python = await loadPyodide({
  ...options,
  _makeSnapshot: true,
  jsglobals: STAND_IN,
  env: restore.ENVIRONMENT,
  createPyodideModule: watched,
});
const { _module: module, _api: API } = python;
const { FS, HEAPU32 } = module;

/** Import as the page will. */
async function importAll() {
  const site = API.sitepackages;
  FS.writeFile("/tmp/numpy.zip", await read(numpyWheel));
  FS.writeFile(`/lib/${ownWheel}`, await read(ownWheel));
  const text = await readFile(mainFile, "utf8");
  python.runPython(`
text = ${JSON.stringify(text)}
modules = ${JSON.stringify(modules)}
import ast, gc, importlib, os, random, sys, zipfile
with zipfile.ZipFile("/tmp/numpy.zip") as archive:
    archive.extractall("${site}")
os.unlink("/tmp/numpy.zip")
importlib.invalidate_caches()
sys.path.append("/lib/${ownWheel}")
importlib.import_module("explorer.browser.lazy_imports").prepare()
for name in modules:
    importlib.import_module(name)
tree = ast.parse(text)
tree.body = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
exec(compile(tree, "main.py", "exec"), {})
`);
  python.runPython(`
random.seed(0)  # the page draws anew
del text, modules, tree, archive, name, ast, importlib, os, random, sys, zipfile
gc.collect(); gc.collect()
del gc
`);
}
await importAll();

/** Zero malloc's free chunks (dlmalloc: size and flags stand before a chunk; bit 1 is "in use"). */
function wipeFreeMemory() {
  const heap = module.HEAPU8;
  const words = module.HEAPU32;
  const end = words[module._emscripten_get_sbrk_ptr() >>> 2];
  for (const { handle } of libraries()) {
    const [data, size] = [words[(handle + 28) >>> 2], words[(handle + 32) >>> 2]];
    heap.fill(0, data, data + size); // the file that it was loaded from
  }
  heap.fill(0, module._emscripten_stack_get_end(), module.stackSave());
  for (let chunk = module.___heap_base; chunk + 8 < end; ) {
    const head = words[(chunk + 4) >>> 2];
    const size = head & ~7;
    if (size < 16 || chunk + size > end) break;
    if (!(head & 2)) {
      const from = chunk + (size < 256 ? 16 : 32); // behind the links of the list or tree
      const to = Math.min(chunk + size, end);
      heap.fill(0, from, to);
    }
    chunk += size;
  }
}

/** The libraries that are loaded, as far as the page needs to know them. */
function libraries() {
  return Object.entries(module.LDSO.loadedLibsByHandle)
    .filter(([handle]) => handle !== "0")
    .map(([key, { name }]) => {
      const handle = Number(key);
      const word = (offset) => module.HEAPU32[(handle + offset) >>> 2];
      const bytes = FS.stat(name).size;
      return { name, handle, bytes, memoryBase: word(12), tableBase: word(20), tableSize: word(24) };
    });
}

wipeFreeMemory();
const loaded = libraries();
const codes = loaded.map(({ name }) => FS.readFile(name));

/** Places of the table behind main's that belong to no library: which function stands there. */
function slots() {
  const known = new Map();
  const scopes = loaded.map(({ handle }) => module.LDSO.loadedLibsByHandle[handle].exports);
  [...scopes.entries(), [-1, module.LDSO.loadedLibsByHandle[0].exports]].forEach(([k, scope]) => {
    for (const [symbol, value] of Object.entries(scope)) {
      if (typeof value === "function" && !known.has(value)) known.set(value, [k, symbol]);
    }
  });
  const byIndex = new Map(Object.entries(module.GOT).map(([name, { value }]) => [value, name]));
  const found = [];
  for (let index = first.main; index < module.wasmTable.length; index++) {
    if (loaded.some((l) => index >= l.tableBase && index < l.tableBase + l.tableSize)) continue;
    if (module.freeTableIndexes.includes(index)) continue;
    const code = module.wasmTable.get(index);
    let place = known.get(code);
    if (!place && byIndex.has(index)) {
      const symbol = byIndex.get(index);
      const k = scopes.findIndex((scope) => symbol in scope);
      place = [k, symbol];
    }
    if (!place) throw new Error(`place ${index} of the table holds ${code}, which nobody exports`);
    found.push([index, ...place]);
  }
  return found;
}

/** The values of a global offset table. */
function got({ GOT }) {
  return Object.fromEntries(Object.entries(GOT).map(([name, { value }]) => [name, value]));
}

const objects = API.serializeHiwireState((entry) => {
  if (Array.isArray(entry) && entry.every(Number.isFinite)) return entry; // such as a line's dashes
  throw new Error(`an object that no page has: ${String(entry)}`);
});
const head = {
  build: API.config.BUILD_ID,
  memoryBytes: module.HEAPU8.length,
  stack: module.stackSave(),
  libraries: loaded,
  got: got(module), // for now all of them: see `leaveOutWhatIsThere`
  places: "",
  table: {
    last: [],
    fixed: first.fixed,
    main: first.main,
    trampoline: first.trampoline,
    length: module.wasmTable.length,
    slots: slots(),
    free: [...module.freeTableIndexes],
  },
  objects,
};
const final = module.HEAPU8.slice();

/** Python once more, up to the point at which the memory would be copied. */
async function base() {
  const compiled = await Promise.all(codes.map((code) => WebAssembly.compile(code)));
  const stop = new Error("this is as far as it has to go");
  let found;
  const settings = restore.restoring({ head, codes: [] }, async (given) => {
    const made = await createPyodideModule(given);
    const early = made.HEAPU8.slice();
    const fresh = got(made);
    restore.restoreBase(made, head, compiled);
    found = { early, fresh, memory: made.HEAPU8.slice() };
    throw stop;
  });
  try {
    await loadPyodide({ ...options, ...settings });
  } catch (error) {
    if (error !== stop) throw error;
  }
  return found;
}
const { early, fresh, memory } = await base();
leaveOutWhatIsThere();

/**
 * Leave out the offsets that every start has by itself. The places of main's functions in the table
 * go into a text of their own, which only engines have to read that lay their table out otherwise.
 */
function leaveOutWhatIsThere() {
  const all = Object.entries(head.got);
  const places = all.filter(([, value]) => value < first.main).sort(([, one], [, other]) => one - other);
  head.places = places.flat().join(" ");
  head.table.last = places.at(-1);
  head.got = Object.fromEntries(all.filter(([name, value]) => fresh[name] !== value));
}

/** Where the memory differs from the base, or where any start writes before it is restored. */
function spans() {
  const data = module.___heap_base;
  const differs = (k) => final[k] !== memory[k] || (k < data && early[k] !== (first.memory[k] ?? 0));
  const list = [];
  let start = -1;
  let last = -1;
  for (let k = 0; k < final.length; k++) {
    if (!differs(k)) continue;
    if (start >= 0 && k - last > GAP) {
      list.push(start, last + 1 - start);
      start = k;
    }
    if (start < 0) start = k;
    last = k;
  }
  if (start >= 0) list.push(start, last + 1 - start);
  return Uint32Array.from(list);
}
const list = spans();
const starts = list.filter((_, k) => k % 2 === 0);
const data = Buffer.concat([...starts].map((start, k) => final.subarray(start, start + list[2 * k + 1])));
await writeFile(out, packed(head, list, data));

/** The snapshot's bytes, as `readSnapshot` takes them apart. */
function packed(head, spans, data) {
  const text = JSON.stringify(head);
  const headText = Buffer.from(text + " ".repeat(-Buffer.byteLength(text) & 7)); // aligns what follows
  const sizes = Uint32Array.of(restore.MAGIC, headText.length, spans.length / 2, data.length);
  return Buffer.concat([Buffer.from(sizes.buffer), headText, Buffer.from(spans.buffer), data, ...codes]);
}

/** What was made has to restore, and then to compute. */
async function verify() {
  const back = restore.readSnapshot(new Uint8Array(await readFile(out)).buffer);
  const settings = restore.restoring(back, createPyodideModule);
  const second = await loadPyodide({ ...options, ...settings, jsglobals: STAND_IN });
  const found = second.runPython(`
import sys, numpy, nncore
try:
    1 / 0
except ZeroDivisionError as error:
    said = str(error)
[round(float(numpy.linalg.det(numpy.eye(3) * 2)), 9), said, nncore.Dense(3).units, "explorer.app.app" in sys.modules]
`);
  const expected = [8, "division by zero", 3, true];
  if (JSON.stringify(found.toJs()) !== JSON.stringify(expected)) {
    throw new Error(`the snapshot is restored, but Python answers ${found}`);
  }
}
await verify();
