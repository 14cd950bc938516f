/**
 * Bring Python up from a snapshot: its memory as it was when everything had been imported.
 *
 * The snapshot is made by tools/inside/snapshot.mjs, which records what this module puts back. Both
 * rest on the internals of one Pyodide, see docs/start.md. Whatever does not fit throws, and the
 * page then starts in the ordinary way.
 */

export const MAGIC = 0x6e6e7331; // "nns1"

/** What Python is told of the world around it, when the snapshot is made and when it is restored. */
export const ENVIRONMENT = { PYTHONHASHSEED: "0" };

/**
 * @typedef {object} Snapshot
 * @property {object} head what snapshot.mjs has recorded beside the memory
 * @property {Uint32Array} spans pairs of address and length
 * @property {Uint8Array} data what belongs there, one after the other
 * @property {Uint8Array[]} codes the WebAssembly of each library
 */

/**
 * Read a snapshot.
 * @param {ArrayBuffer} buffer
 * @returns {Snapshot}
 */
export function readSnapshot(buffer) {
  const [magic, headBytes, spanCount, dataBytes] = new Uint32Array(buffer, 0, 4);
  const start = 16 + headBytes + 8 * spanCount;
  if (magic !== MAGIC) throw new Error("no snapshot");
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 16, headBytes)));
  const spans = new Uint32Array(buffer, 16 + headBytes, 2 * spanCount);
  let place = start + dataBytes;
  const codes = head.libraries.map(({ bytes }) => new Uint8Array(buffer, (place += bytes) - bytes, bytes));
  if (place !== buffer.byteLength) throw new Error(`${buffer.byteLength} bytes instead of ${place}`);
  return { head, spans, data: new Uint8Array(buffer, start, dataBytes), codes };
}

/**
 * Options for `loadPyodide` that have Python come up from a snapshot. It may still be on its way
 * while Pyodide's own part is made.
 * @param {Snapshot | Promise<Snapshot>} snapshot as `readSnapshot` gives it
 * @param {(settings: object) => Promise<object>} createPyodideModule Pyodide's own
 */
export function restoring(snapshot, createPyodideModule) {
  const compiled = compileLibraries(snapshot);
  compiled.catch(() => {}); // told where it is awaited
  return {
    _loadSnapshot: new Uint8Array(16), // only says that there is one: Python's start is left out
    _snapshotDeserializer: (numbers) => [...numbers],
    env: ENVIRONMENT,
    async createPyodideModule(settings) {
      const module = await createPyodideModule(settings);
      const { head, spans, data, libraries } = await compiled;
      if (settings.API.config.BUILD_ID !== head.build) throw new Error("another Pyodide");
      restoreBase(module, head, libraries);
      restoreMemory(module, { head, spans, data });
      restoreObjects(settings.API, head);
      return module;
    },
  };
}

/** The snapshot, with its libraries compiled. */
async function compileLibraries(snapshot) {
  const { codes, ...rest } = await snapshot;
  return { ...rest, libraries: await Promise.all(codes.map((code) => WebAssembly.compile(code))) };
}

/** All that the snapshot's memory is a difference to: table, libraries, and a memory without heap. */
export function restoreBase(module, head, libraries) {
  clearEarlyHeap(module);
  if (!module.growMemory(head.memoryBytes)) throw new RangeError("no memory for the snapshot");
  restoreTable(module, head);
  const scopes = libraries.map((code, k) => instantiateLibrary(module, code, head.libraries[k]));
  restoreSlots(module, head, scopes);
}

/** Zero what Emscripten's own start has left on stack and heap. */
function clearEarlyHeap(module) {
  const [stackEnd, stackBase] = [
    module._emscripten_stack_get_end(),
    module._emscripten_stack_get_base(),
  ];
  const heapEnd = module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2];
  module.HEAPU8.fill(0, stackEnd, stackBase);
  module.HEAPU8.fill(0, module.___heap_base, heapEnd);
}

/**
 * Put main's functions where they were. Engines differ in how often a function stands in the table.
 * WebKit gives many a second place, which moves all that come after it, and names that place in the
 * offsets: there each function is put into its recorded place, and each offset is set to it.
 */
function restoreTable(module, head) {
  const { GOT, wasmTable } = module;
  const { trampoline, fixed, main } = head.table;
  const moves = [];
  const set = ([name, value]) => {
    const offset = (GOT[name] ??= new WebAssembly.Global({ value: "i32", mutable: true }, -1));
    const own = offset.value;
    if (own === value) return;
    if (own > 0 && value >= fixed && value < main) moves.push([value, wasmTable.get(own)]);
    offset.value = value;
  };
  Object.entries(head.got).forEach(set);
  if (!isLaidOutAlike(module, head)) readPlaces(head.places).forEach(set);
  const place = trampolinePlace(module);
  const own = module.HEAP32[place];
  if (own && own !== trampoline) moves.push([trampoline, wasmTable.get(own)]);
  module.hasTrampoline = Boolean(own);
  const missing = head.table.length - wasmTable.length;
  if (missing > 0) wasmTable.grow(missing);
  for (const [index, code] of moves) module.setWasmTableEntry(index, code);
  if (moves.length) module.updateTableMap(0, main); // behind it the libraries' functions will stand
}

/** Whether main's functions stand where they stood at the making: it is enough to look at the last. */
function isLaidOutAlike({ GOT }, { table }) {
  const [name, value] = table.last;
  return GOT[name]?.value === value;
}

/** The places of main's functions: "name place name place ...", read only where they are needed. */
function readPlaces(text) {
  const words = text.split(" ");
  return words.flatMap((name, k) => (k % 2 ? [] : [[name, Number(words[k + 1])]]));
}

/** Where Python keeps the address of its trampoline, as an index of HEAP32. */
export function trampolinePlace(module) {
  const offset = module.HEAP32[module.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET >>> 2];
  return (module.__PyRuntime + offset) >>> 2;
}

/** Instantiate a library where it was; what it once did when it was loaded is in the memory. */
function instantiateLibrary(module, code, { name, handle, memoryBase, tableBase, tableSize }) {
  const metadata = module.getDylinkMetadata(code);
  const main = module.LDSO.loadedLibsByHandle[0].exports;
  let own;
  const stubs = {};
  const env = new Proxy(stubs, {
    get(_, symbol) {
      if (symbol === "__memory_base") return memoryBase;
      if (symbol === "__table_base") return tableBase;
      if (symbol in main && !main[symbol].stub) return main[symbol];
      return (stubs[symbol] ??= (...values) => own[symbol](...values));
    },
  });
  const got = new Proxy(metadata.weakImports, module.GOTHandler);
  const imports = { env, wasi_snapshot_preview1: env, "GOT.mem": got, "GOT.func": got };
  const instance = new WebAssembly.Instance(code, imports);
  module.updateTableMap(tableBase, tableSize);
  own = module.relocateExports(instance.exports, memoryBase);
  const dso = module.newDSO(name, handle, own);
  dso.global = false;
  return own;
}

/** Functions of the libraries that stand in the table by themselves. */
function restoreSlots(module, { table }, scopes) {
  for (const [index, library, symbol] of table.slots) {
    const code = (library < 0 ? module.LDSO.loadedLibsByHandle[0].exports : scopes[library])[symbol];
    try {
      module.setWasmTableEntry(index, code);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      module.setWasmTableEntry(index, module.convertJsFunctionToWasm(code, code.sig));
    }
    module.updateTableMap(index, 1);
  }
  module.freeTableIndexes.splice(0, Infinity, ...table.free);
}

/** Copy the snapshot's memory, and correct what is this engine's own in it. */
function restoreMemory(module, { head, spans, data }) {
  const { HEAPU8 } = module;
  let place = 0;
  for (let k = 0; k < spans.length; k += 2) {
    HEAPU8.set(data.subarray(place, place + spans[k + 1]), spans[k]);
    place += spans[k + 1];
  }
  module.HEAP32[trampolinePlace(module)] = module.hasTrampoline ? head.table.trampoline : 0;
  module.stackRestore(head.stack);
}

/** Give Python's references to JavaScript objects their objects. */
function restoreObjects(API, head) {
  const expected = API.getExpectedKeys;
  API.getExpectedKeys = () => {
    const keys = expected();
    keys[6] = API.public_api.loadedPackages;
    return keys;
  };
  API.restoreSnapshot = () => head.objects;
}
