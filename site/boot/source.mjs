/**
 * Where the bytes come from: from files beside the page, or from the page's own text.
 *
 * The list of files stands in the page (`#boot-files`), written by the build: for each name its
 * path, the bytes to be fetched, the bytes after unpacking, and its type. In the edition in one
 * file they have no path, and stand in the page as text; nothing else has to know.
 */
import { BootError } from "./errors.mjs";
import { takeInside } from "./inside.mjs";

/**
 * @typedef {object} FileEntry
 * @property {string} [path] where it lies, relative to the page; missing if it is in the page
 * @property {string} [module] where it lies as a JavaScript module, in the same way
 * @property {number} bytes how many bytes are fetched
 * @property {number} size how many there are after unpacking
 * @property {string} type its media type, whatever the server says
 * @property {string} [plain] where it lies unpacked as well: early.js may have opened it already
 */

/**
 * @typedef {object} Manifest
 * @property {Record<string, FileEntry>} files what the start fetches
 * @property {Record<string, FileEntry & {modules: string[]}>} later what is fetched afterwards
 * @property {Record<string, FileEntry>} parts what is fetched when it is wanted
 * @property {object} lock Pyodide's list of packages
 * @property {string} pyscript where PyScript lies
 * @property {string} interpreter where our interpreter.mjs lies
 * @property {FileEntry & {sha256: string, instead: string[]}} [snapshot] see stored.mjs; `instead`:
 *   files of the start that it stands for
 * @property {{name: string, path: string, bytes: number}[]} [extras] see extras.mjs
 * @property {string} notebook where the notebook's own list lies, see notebook.mjs; in the edition in
 *   one file its name among the parts
 */

// A page that is being left for another edition (see refused.js) has no more of itself to read.
if (globalThis.nncoreBoot.leaving) await new Promise(() => {});

// This module has come, so its host refuses nothing: what goes wrong from now on has another cause.
globalThis.nncoreBoot.answered = true;

/** @type {Manifest} A worker has been handed it, since it sees no page. */
export const manifest =
  globalThis.nncoreBoot.manifest ?? JSON.parse(document.getElementById("boot-files").textContent);

/** The address of what lies at a path relative to the page. */
export const at = (path) => new URL(path, globalThis.nncoreBoot.base ?? document.baseURI);

export const SNAPSHOT = "python.snapshot";
const tables = [manifest.files, manifest.later, manifest.parts, { [SNAPSHOT]: manifest.snapshot }];

/** What the list says of a file. */
export const entryOf = (name) => tables.find((table) => table[name])?.[name];

/** Bytes as a stream. A page reads a blob in pieces; WebKit (2.50) reads none in a worker of a page
 * that was opened from disk. */
const streamOf = (bytes) =>
  globalThis.document ? new Blob([bytes]).stream() : new Response(bytes).body;

/**
 * Open a file of the list.
 * @param {string} name
 * @param {RequestInit} [options] of its request; without them it ends with a failing start
 * @returns {Promise<ReadableStream<Uint8Array>>} its bytes as they arrive, still packed
 */
export async function openFile(name, options = { signal: globalThis.nncoreBoot.signal }) {
  const { path } = entryOf(name);
  if (!path) return streamOf(takeInside(name));
  const url = at(path);
  let answer;
  try {
    answer = await fetch(url, options);
  } catch (error) {
    throw new BootError("offline", `${url}: ${error.message}`, name);
  }
  if (!answer.ok) throw new BootError("missing", `${url}: ${answer.status}`, name);
  return answer.body;
}
