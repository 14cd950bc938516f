/**
 * Fetch files with real progress, unpack them, and make sure that they are whole.
 *
 * The files are packed with gzip by the build, whose checksum tells a damaged or shortened file
 * from a good one. They are unpacked here rather than by the server, so that every server sends
 * the same small files, whatever types it claims. Python's code alone may have come unpacked, by a
 * server that packs it for the way (see `openPlain` in early.js).
 */
import { BootError } from "./errors.mjs";
import { gunzip, gunzipApart } from "./gunzip.mjs";
import { heard, lost } from "./line.mjs";
import { patiently } from "./patience.mjs";
import { at, entryOf, manifest, openFile } from "./source.mjs";

const LARGE = 2_000_000; // bytes after unpacking, from which on a worker is worth its start
const arrived = new Map();
const suspects = new Set(); // files that did not come whole when they were last asked for
let total = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);

/** These files of the list are not fetched in this start; with -1: they are, after all. */
export function goWithout(names, sign = 1) {
  for (const name of names) total -= sign * manifest.files[name].bytes;
}

function count(name, bytes) {
  arrived.set(name, (arrived.get(name) ?? 0) + bytes);
  const done = [...arrived.values()].reduce((sum, part) => sum + part, 0);
  globalThis.nncoreBoot.setBytes(Math.min(Math.round(done), total), total);
}

/** Count bytes of the first file, which show how fast the line is. */
function countCode(name, bytes) {
  heard(bytes, entryOf(name).bytes);
  count(name, bytes);
}

/**
 * The same bytes, counted; a connection that breaks is told apart from damaged bytes.
 * @param {string} name
 * @param {ReadableStream<Uint8Array>} packed
 * @param {(name: string, bytes: number) => void} [counter] is told of each piece
 */
function counted(name, packed, counter = count) {
  const reader = packed.getReader();
  return new ReadableStream({
    async pull(controller) {
      const part = await reader.read().catch((error) => {
        throw new BootError("offline", `${name}: ${error.message}`, name);
      });
      if (part.done) return controller.close();
      counter(name, part.value.byteLength);
      controller.enqueue(part.value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** All bytes of a stream; `Response` would do it too, but hide what the stream failed of. */
async function gathered(stream) {
  const parts = [];
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
  }
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all.buffer;
}

/** What the reader is told when the bytes of the file `name` are not what they should be. */
function damaged(name, error) {
  if (error instanceof BootError || error instanceof RangeError) return error; // or no memory
  const cause = entryOf(name).path ? "damaged" : "copy";
  return new BootError(cause, `${name}: ${error.message}`, name);
}

/**
 * Fetch a file of the list for the start.
 * @param {string} name
 * @param {() => void} [whenHere] is called when its last byte has come
 * @returns {Promise<ArrayBuffer>} the unpacked bytes, all of them; rejected with a BootError if
 *   they cannot be had or are damaged
 */
export async function load(name, whenHere = () => {}) {
  const expected = manifest.files[name] ? 0 : entryOf(name).bytes; // not every start needs it
  total += expected;
  try {
    const packed = await gathered(counted(name, await openFile(name)));
    whenHere();
    return await unpacked(name, packed);
  } catch (error) {
    total -= expected; // there may be a start without it
    if (expected) arrived.delete(name);
    throw error;
  }
}

/**
 * Fetch a file of the list after the start.
 * @param {string} name
 * @param {(arrived: number, total: number) => void} progress is told how many bytes have come
 * @returns {Promise<ArrayBuffer>} as `load`; rejected as well if nothing more comes
 */
export function loadLater(name, progress) {
  const { bytes } = entryOf(name);
  let arrived = 0;
  return patiently(async (signal, heard) => {
    const counter = (_, count) => {
      heard();
      progress((arrived += count), bytes);
    };
    const cache = suspects.has(name) ? "reload" : "default";
    suspects.add(name); // until it has proved whole, what the browser keeps may be what is wrong
    const packed = await gathered(counted(name, await openFile(name, { signal, cache }), counter));
    const whole = await unpacked(name, packed);
    suspects.delete(name);
    return whole;
  });
}

/** What the packed bytes of the file `name` hold, if they are whole. */
async function unpacked(name, packed) {
  const { size } = entryOf(name);
  try {
    const bytes = await (size > LARGE ? gunzipApart : gunzip)(packed);
    if (bytes.byteLength === size) return bytes;
    throw new Error(`${bytes.byteLength} bytes instead of ${size}`);
  } catch (error) {
    throw damaged(name, error);
  }
}

/** A text as the address of a module. It is named, as tracebacks would else show all of it. */
export const moduleOf = (text, name) =>
  `data:text/javascript,${encodeURIComponent(`${text}\n//# sourceURL=${name}`)}`;

/** An address for a module that stands in the page. WebKit lets no worker of a page that was opened
 * from disk import a blob. */
async function addressInside(name) {
  const bytes = await load(name);
  if (!globalThis.document) return moduleOf(new TextDecoder().decode(bytes), name);
  return URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
}

/**
 * Import a JavaScript module of the list.
 * @param {string} name
 * @returns {Promise<object>} what it exports; rejected with a BootError if it cannot be had
 */
export async function loadModule(name) {
  const { module, bytes } = manifest.files[name];
  if (!module) return import(await addressInside(name));
  const url = at(module);
  try {
    const exports = await import(url);
    count(name, bytes);
    return exports;
  } catch (error) {
    throw new BootError("script", `${url}: ${error.message}`, name);
  }
}

/**
 * Fetch WebAssembly and compile it: while it arrives, where it comes unpacked, and else when it is
 * there. Of a stream that a page unpacks itself Firefox may never finish to compile, if the page
 * before was left while it did the same (Firefox 153: 20 of 60 such starts).
 * @param {string} name
 * @returns {Promise<WebAssembly.Module>} rejected with a BootError if the bytes cannot be had or
 *   are damaged, and with the browser's own error if it does not compile
 */
export async function loadCode(name) {
  const plain = await globalThis.nncoreBoot.plainCode;
  if (plain) {
    const { bytes, size } = manifest.files[name];
    const packed = (part) => (part.length * bytes) / size;
    const counter = new WritableStream({ write: (part) => countCode(name, packed(part)) });
    const failed = new AbortController();
    plain.clone().body.pipeTo(counter, { signal: failed.signal }).catch(() => {});
    try {
      return await WebAssembly.compileStreaming(plain);
    } catch {
      // whatever it is, the packed twin of the file will do, or will say what is wrong
      failed.abort();
      arrived.delete(name);
    }
  }
  let code;
  try {
    const packed = counted(name, await openFile(name), countCode);
    code = await gathered(packed.pipeThrough(new DecompressionStream("gzip")));
  } catch (error) {
    lost();
    throw damaged(name, error);
  }
  return globalThis.nncoreBoot.compile(code);
}
