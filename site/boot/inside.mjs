/**
 * Files that stand inside the page as text, in the edition in one file.
 *
 * Each is a script element that no browser runs. Its text is decoded once and then taken out of
 * the page, which gives its memory back; the bytes stay, packed, for the notebook's Python. It is
 * base 85: five letters stand for four bytes, the first for the highest; the last letters may be
 * missing, with as many bytes.
 */
import { BootError } from "./errors.mjs";

const LETTERS =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;.=>?@^_`{|}~";
const LAST = LETTERS.length - 1;
const STRANGE = 0x80; // the value of all other letters; no value of a letter has this bit
const CODE = "pyodide.asm.wasm"; // a second Python is handed it compiled
const decoded = new Map(globalThis.nncoreBoot.inside); // a worker has been handed what there is
const values = new Uint8Array(256).fill(STRANGE);
for (let value = 0; value <= LAST; value++) values[LETTERS.charCodeAt(value)] = value;

/** The bytes of a base 85 text; throws if it is none. What is wrong in it otherwise finds gzip. */
function decode(text) {
  const missing = (5 - (text.length % 5)) % 5;
  const letters = new TextEncoder().encode(text + LETTERS[LAST].repeat(missing));
  const bytes = new Uint8Array((letters.length / 5) * 4);
  let most = 0;
  for (let from = 0, to = 0; to < bytes.length; from += 5, to += 4) {
    const a = values[letters[from]];
    const b = values[letters[from + 1]];
    const c = values[letters[from + 2]];
    const d = values[letters[from + 3]];
    const e = values[letters[from + 4]];
    const word = Math.imul(((a * 85 + b) * 85 + c) * 85 + d, 85) + e;
    bytes[to] = word >> 24;
    bytes[to + 1] = word >> 16;
    bytes[to + 2] = word >> 8;
    bytes[to + 3] = word;
    most |= a | b | c | d | e;
  }
  if (most & STRANGE) throw new Error("a letter that is none of base 85");
  return bytes.subarray(0, bytes.length - missing);
}

/**
 * Take a file out of the page.
 * @param {string} name
 * @returns {Uint8Array} its bytes, still packed
 */
export function takeInside(name) {
  if (decoded.has(name)) return decoded.get(name);
  const node = globalThis.document?.getElementById(`file:${name}`);
  if (!node) throw new BootError("copy", `${name}: not in this file`, name);
  let bytes;
  try {
    bytes = decode(node.textContent);
  } catch (error) {
    throw new BootError("copy", `${name}: ${error.message}`, name);
  }
  node.remove();
  if (name !== CODE) decoded.set(name, bytes);
  return bytes;
}

/** What another Python needs of these files: name -> bytes, still packed. */
export const packedInside = (names) =>
  new Map(names.filter((name) => name !== CODE).map((name) => [name, takeInside(name)]));
