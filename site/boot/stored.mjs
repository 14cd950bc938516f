/**
 * The snapshot of Python's memory: where a start finds it, and where it is kept for the next one.
 *
 * It is kept unpacked in Cache Storage, after its hash has been looked at. Where the browser keeps
 * nothing for this page (a sandboxed frame, blocked storage), each visit has to fetch it, or to do
 * without; so does a first visit, and what is quicker depends on the line (see line.mjs).
 */
import { load } from "./bytes.mjs";
import { idle } from "./later.mjs";
import { lineIsFast } from "./line.mjs";
import { manifest, SNAPSHOT } from "./source.mjs";

const STORE = "nncore-snapshot";
const NOT_HERE = 204; // the status that stands in the store where this browser cannot restore it
const root = document.documentElement;
const { snapshot } = manifest;
const wish = new URLSearchParams(location.search).get("snapshot"); // "no", "now" or null
const unwanted = !snapshot || wish === "no";
const savesData = navigator.connection?.saveData;

/**
 * Where to read a snapshot for this start: from the browser's store, if an earlier visit has kept
 * it, or from the line, if that has shown that this is the quicker way.
 * @returns {Promise<(() => Promise<ArrayBuffer>) | null>} null where Python's modules are fetched
 */
export async function findSnapshot() {
  if (unwanted) return null;
  const kept = await stored();
  if (kept) return kept.status === NOT_HERE ? null : () => kept.arrayBuffer();
  if (savesData) return null;
  return wish === "now" || (await lineIsFast) ? () => load(SNAPSHOT) : null;
}

/**
 * The snapshot did not do: forget it. If its bytes are what they should be, this browser cannot
 * restore it, and is not asked to again; unless it only lacked memory, which is a matter of today.
 */
export async function rejectSnapshot(bytes, error) {
  await forgetSnapshot();
  if (error instanceof RangeError) return;
  try {
    if ((await sha256(bytes)) === snapshot.sha256) await keep(null, { status: NOT_HERE });
  } catch {
    // this browser keeps nothing for us
  }
}

/** Forget what is kept. */
async function forgetSnapshot() {
  try {
    await caches.delete(STORE);
  } catch {
    // this browser keeps nothing for us: in a sandboxed frame even the name `caches` throws
  }
}

/**
 * Keep the snapshot for the next visits, when there is nothing else to do. When this is over,
 * `data-snapshot` on <html> says whether it is "kept" or "missing" from the store.
 */
export async function keepSnapshot() {
  if (unwanted || savesData) return;
  await idle();
  const kept = await fetchAndKeep().catch(() => false);
  root.dataset.snapshot = kept ? "kept" : "missing";
}

/** Whether the store holds it in the end. */
async function fetchAndKeep() {
  await caches.open(STORE); // fails where nothing can be kept: then nothing is to be fetched
  if (await stored()) return true;
  const answer = await fetch(address(), { priority: "low" });
  if (!answer.ok) return false;
  const unpacked = answer.body.pipeThrough(new DecompressionStream("gzip"));
  const bytes = await new Response(unpacked).arrayBuffer();
  if ((await sha256(bytes)) !== snapshot.sha256) return false;
  await keep(bytes);
  return true;
}

/** What this browser has kept, for a second Python; null where it has nothing. */
export async function keptSnapshot() {
  const kept = unwanted ? null : await stored();
  return kept?.status === 200 ? kept.arrayBuffer() : null;
}

/** A start from the snapshot that ends in a failure is not tried twice. */
export function forgetIfItFails() {
  const look = () => root.dataset.state === "failed" && forgetSnapshot();
  new MutationObserver(look).observe(root, { attributeFilter: ["data-state"] });
}

const address = () => new URL(snapshot.path, document.baseURI).href;

/** What the store holds of this build, or null. */
async function stored() {
  try {
    return (await caches.match(address(), { cacheName: STORE })) ?? null;
  } catch {
    return null; // this browser keeps nothing for us
  }
}

/** Put this build's into the store, and no other's. */
async function keep(bytes, options) {
  await caches.delete(STORE);
  const store = await caches.open(STORE);
  await store.put(address(), new Response(bytes, options));
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
