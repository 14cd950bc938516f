/**
 * Files that stand inside the page as text, in the edition in one file.
 *
 * Each is a script element that no browser runs. Its text is decoded once and then taken out of
 * the page, which gives its memory back; the bytes stay, packed, for the notebook's Python. It is
 * base 91: two letters stand for 13 bits, the first for the highest; a letter that is left at the
 * end stands for six.
 */
import { BootError } from "./errors.mjs";

const LETTERS = Array.from({ length: 94 }, (_, place) => String.fromCharCode(0x21 + place))
  .join("")
  .replace(/[<&\\]/g, "");
const STRANGE = 0x80; // the value of all other letters; no value of a letter has this bit
const CODE = "pyodide.asm.wasm"; // a second Python is handed it compiled
const decoded = new Map(globalThis.nncoreBoot.inside); // a worker has been handed what there is
const values = new Uint8Array(256).fill(STRANGE);
for (let value = 0; value < LETTERS.length; value++) values[LETTERS.charCodeAt(value)] = value;

/** The bytes of a base 91 text; throws if it is none. What is wrong in it otherwise finds gzip. */
function decode(text) {
  const letters = new TextEncoder().encode(text);
  const single = letters.length % 2;
  const paired = letters.length - single;
  const bytes = new Uint8Array(Math.floor((paired * 6.5 + single * 6) / 8));
  let [to, held, bits, most] = [0, 0, 0, 0]; // of `held` the lowest bits are still to be written
  for (let from = 0; from < paired; from += 2) {
    const high = values[letters[from]];
    const low = values[letters[from + 1]];
    held = (held << 13) | (high * 91 + low);
    most |= high | low;
    bits += 5;
    bytes[to++] = held >> bits;
    if (bits >= 8) {
      bits -= 8;
      bytes[to++] = held >> bits;
    }
  }
  if (single) {
    const last = values[letters[paired]];
    most |= last;
    bytes[to] = ((held << 6) | last) >> (bits - 2);
  }
  if (most & STRANGE) throw new Error("a letter that is none of base 91");
  return bytes;
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
