/**
 * Fetch files with real progress, unpack them, and make sure that they are whole.
 *
 * The files are packed with gzip by the build, whose checksum tells a damaged or shortened file
 * from a good one. They are unpacked here rather than by the server, so that every server sends
 * the same small files. The types that a server claims are never looked at.
 */
import { BootError } from "./errors.mjs";
import { manifest, openFile } from "./source.mjs";

const arrived = new Map();
const total = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);

function count(name, bytes) {
  arrived.set(name, (arrived.get(name) ?? 0) + bytes);
  const done = [...arrived.values()].reduce((sum, part) => sum + part, 0);
  globalThis.nncoreBoot.setBytes(Math.min(done, total), total);
}

/** The same bytes, counted; a connection that breaks is told apart from damaged bytes. */
function counted(name, packed) {
  const reader = packed.getReader();
  return new ReadableStream({
    async pull(controller) {
      const part = await reader.read().catch((error) => {
        throw new BootError("offline", `${name}: ${error.message}`, name);
      });
      if (part.done) return controller.close();
      count(name, part.value.byteLength);
      controller.enqueue(part.value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Pass everything on and fail at the end if it was not `size` bytes. */
function sizeCheck(size) {
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      controller.enqueue(chunk);
    },
    flush() {
      if (seen !== size) throw new Error(`${seen} bytes instead of ${size}`);
    },
  });
}

/**
 * Fetch a file of the list.
 * @param {string} name
 * @returns {{response: Promise<Response>, whole: Promise<void>}} the unpacked bytes as they
 *   arrive, with the right type; and a promise that is rejected with a BootError if they turn out
 *   to be damaged
 */
export function load(name) {
  const { size, type } = manifest.files[name];
  let response;
  const whole = new Promise((resolve, reject) => {
    response = openFile(name).then((packed) => {
      const gate = sizeCheck(size);
      counted(name, packed)
        .pipeThrough(new DecompressionStream("gzip"))
        .pipeTo(gate.writable)
        .then(resolve, (error) => reject(broken(name, error)));
      return new Response(gate.readable, { headers: { "Content-Type": type } });
    });
    response.catch(reject);
  });
  return { response, whole };
}

/**
 * Fetch a whole file and give it an address inside the page.
 * @param {string} name
 * @returns {Promise<string>} a blob: URL
 */
export async function loadAsUrl(name) {
  const { response, whole } = load(name);
  const [blob] = await Promise.all([response.then((answer) => answer.blob()), whole]);
  return URL.createObjectURL(blob);
}

function broken(name, error) {
  if (error instanceof BootError) return error;
  const cause = manifest.files[name].path ? "damaged" : "copy";
  return new BootError(cause, `${name}: ${error.message}`, name);
}
