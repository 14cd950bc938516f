/**
 * Workers that train compiled networks beside the page, one per core but the one that draws it.
 *
 * A worker has no Python: it is handed a WebAssembly module, and what a call of its `run` reads,
 * which it puts where the call expects it, in a memory of its own. What the call has written goes
 * back to where it belongs in the page's. See nncore/kernel/errand.py.
 */
const MOST_WORKERS = 8;
const DEPTH = 6; // errands that one worker has before it, so that it is busy until the next frame
const START_MS = 10_000; // for all workers to say that they are there
const PAGE_BYTES = 65_536;
const PROGRAM = `
let memory, modules = new Map();
onmessage = ({ data: { number, module, wasm, pages, reads, writes, given } }) => {
  if (!memory || memory.buffer.byteLength < pages * ${PAGE_BYTES}) {
    memory = new WebAssembly.Memory({ initial: pages });
    modules = new Map();
  }
  if (!modules.has(module)) {
    const made = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
    modules.set(module, made.exports);
  }
  const bytes = new Uint8Array(memory.buffer);
  for (const [at, part] of reads) bytes.set(part, at);
  const done = modules.get(module).run(...given);
  postMessage({ number, done, parts: writes.map(([at, length]) => bytes.slice(at, at + length)) });
};
postMessage({ ready: true });`;

/** Errands of the page's Python. `answered(number, rounds)` and `broken(text)` are called. */
export class Crew {
  constructor(answered, broken) {
    Object.assign(this, { answered, broken, waiting: 0, writes: new Map(), next: 0 });
    const address = URL.createObjectURL(new Blob([PROGRAM], { type: "text/javascript" }));
    const cores = navigator.hardwareConcurrency || 2;
    const count = Math.max(1, Math.min(cores - 1, MOST_WORKERS));
    this.workers = Array.from({ length: count }, () => new Worker(address));
    this.starting = count;
    this.timer = setTimeout(() => this.fail("a worker has not started"), START_MS);
    for (const worker of this.workers) {
      worker.onmessage = ({ data }) => this.heard(data);
      worker.onerror = (event) => {
        event.preventDefault();
        this.fail(event.message ?? "a worker could not be started");
      };
    }
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  get hasRoom() {
    return this.waiting < DEPTH * this.workers.length;
  }

  /**
   * @param {number} number the errand's
   * @param {number} module the module's
   * @param {Uint8Array} wasm its bytes
   * @param {number[]} given arguments of `run`
   * @param {number[]} reads what it reads, one after the other: where the call expects it, where
   *   it is in the page's memory, and its length
   * @param {number[]} writes the same of what it writes
   */
  send(number, module, wasm, given, reads, writes) {
    const { buffer } = globalThis.nncoreBoot.memory;
    const spans = (list) => list.flatMap((_, k) => (k % 3 ? [] : [list.slice(k, k + 3)]));
    const here = (at, length) => new Uint8Array(buffer, at, length);
    this.writes.set(number, spans(writes));
    this.waiting += 1;
    this.workers[this.next].postMessage({
      number, module, wasm, given,
      pages: buffer.byteLength / PAGE_BYTES,
      reads: spans(reads).map(([there, at, length]) => [there, here(at, length).slice()]),
      writes: spans(writes).map(([there, , length]) => [there, length]),
    });
    this.next = (this.next + 1) % this.workers.length;
  }

  heard({ ready, number, done, parts }) {
    if (!this.workers.length) return;
    if (ready) {
      this.starting -= 1;
      if (!this.starting) clearTimeout(this.timer);
      return;
    }
    const bytes = new Uint8Array(globalThis.nncoreBoot.memory.buffer);
    this.writes.get(number).forEach(([, at], k) => bytes.set(parts[k], at));
    this.writes.delete(number);
    this.waiting -= 1;
    this.answered(number, done);
  }

  fail(text) {
    if (!this.workers.length) return;
    this.end();
    this.broken(text);
  }

  end() {
    clearTimeout(this.timer);
    for (const worker of this.workers) worker.terminate();
    this.workers = [];
  }
}
