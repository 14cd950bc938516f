/**
 * A stand-in for IndexedDB while PyScript starts.
 *
 * PyScript opens a database at every start, to remember packages that it installed. We hand it
 * our packages ourselves, so the database stays empty. Where storage is denied (sandboxed frames,
 * blocked third-party storage) opening it would end the start. So PyScript always gets this
 * store in memory, everywhere the same, and the browser's own comes back afterwards.
 */

/** Answer as IndexedDB does: a little later, through `onsuccess`. */
function request(result) {
  const pending = { result };
  queueMicrotask(() => pending.onsuccess?.({ target: pending }));
  return pending;
}

function memoryStore() {
  const entries = new Map();
  return {
    count: () => request(entries.size),
    clear: () => request(entries.clear()),
    delete: (key) => request(void entries.delete(key)),
    get: (key) => request(entries.get(key)),
    getKey: (key) => request(entries.has(key) ? key : undefined),
    getAllKeys: () => request([...entries.keys()]),
    put: (value, key) => request((entries.set(key, value), key)),
  };
}

/**
 * Put the stand-in in the place of `indexedDB`.
 * @returns {() => void} gives the place back
 */
export function standInForStorage() {
  const own = Object.getOwnPropertyDescriptor(globalThis, "indexedDB");
  const store = memoryStore();
  const database = { transaction: () => ({ objectStore: () => store }), close() {} };
  const value = { open: () => request(database) };
  Object.defineProperty(globalThis, "indexedDB", { value, configurable: true });
  return () => {
    if (own) Object.defineProperty(globalThis, "indexedDB", own);
    else delete globalThis.indexedDB;
  };
}
