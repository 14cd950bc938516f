/**
 * The snapshot of Python's memory in the browser's own store, for the next visits.
 *
 * It is fetched when a page that started in the ordinary way has come to rest, unpacked, checked
 * and kept. Where the browser keeps nothing for this page (a sandboxed frame, a file from a disk),
 * or the reader saves data, each start is an ordinary one.
 */
import { idle } from "./later.mjs";
import { manifest } from "./source.mjs";

const STORE = "nncore-snapshot";
const root = document.documentElement;
const { snapshot } = manifest;
const unwanted = new URLSearchParams(location.search).get("snapshot") === "no";

/**
 * The snapshot that an earlier visit has kept.
 * @returns {Promise<ArrayBuffer | null>} null where there is none that belongs to this page
 */
export async function storedSnapshot() {
  if (!snapshot || unwanted) return null;
  try {
    const answer = await caches.match(address(), { cacheName: STORE });
    const bytes = await answer?.arrayBuffer();
    if (!bytes || bytes.byteLength === snapshot.size) return bytes ?? null;
    await forgetSnapshot(); // cut short
    return null;
  } catch {
    return null; // this browser keeps nothing for us
  }
}

/** Forget what is kept: it did not do. */
export async function forgetSnapshot() {
  await Promise.resolve(globalThis.caches?.delete(STORE)).catch(() => {});
}

/** Fetch the snapshot and keep it, when there is nothing else to do. */
export async function keepSnapshot() {
  if (!snapshot || unwanted || navigator.connection?.saveData) return;
  await idle();
  try {
    if (await caches.match(address(), { cacheName: STORE })) return published();
    const answer = await fetch(address(), { priority: "low" });
    if (!answer.ok) return;
    const unpacked = answer.body.pipeThrough(new DecompressionStream("gzip"));
    const bytes = await new Response(unpacked).arrayBuffer();
    if ((await sha256(bytes)) !== snapshot.sha256) return;
    await caches.delete(STORE); // another build's
    const store = await caches.open(STORE);
    await store.put(address(), new Response(bytes));
    published();
  } catch {
    // the next start is an ordinary one, as this was
  }
}

/** Whoever waits for it sees that it is kept. */
function published() {
  root.dataset.snapshot = "kept";
}

/** A start from the snapshot that ends in a failure is not tried twice. */
export function forgetIfItFails() {
  const look = () => root.dataset.state === "failed" && forgetSnapshot();
  new MutationObserver(look).observe(root, { attributeFilter: ["data-state"] });
}

const address = () => new URL(snapshot.path, document.baseURI).href;

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
