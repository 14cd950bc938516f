/**
 * Files that stand inside the page as base64 text, in the edition in one file.
 *
 * Each is a script element that no browser runs. Its text is decoded once and then taken out of
 * the page, which gives its memory back.
 */
import { BootError } from "./errors.mjs";

/** The bytes of a base64 text; throws if it is none. */
function decode(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/**
 * Take a file out of the page.
 * @param {string} name
 * @returns {Uint8Array} its bytes, still packed
 */
export function takeInside(name) {
  const node = document.getElementById(`file:${name}`);
  if (!node) throw new BootError("copy", `${name}: not in this file`, name);
  let bytes;
  try {
    bytes = decode(node.textContent);
  } catch (error) {
    throw new BootError("copy", `${name}: ${error.message}`, name);
  }
  node.remove();
  return bytes;
}
