/**
 * Packages that are fetched only when the reader asks for them: scikit-learn and what it needs.
 *
 * Their wheels lie beside the page. They are fetched with progress in bytes, written into Python's
 * own file system, and installed from there by micropip, which then has nobody else to ask.
 */
import { patiently } from "./patience.mjs";
import { at, manifest } from "./source.mjs";

const FOLDER = "/tmp";
const INSTALLER = /^(micropip|packaging)-/; // the wheels that install the others
const wheels = manifest.extras ?? [];

/** How many bytes there are to fetch; 0 where the page does not come with these packages. */
export const extraBytes = wheels.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Fetch and install them all.
 * @param {(arrived: number) => void} progress is told how many bytes have arrived
 * @returns {Promise<void>} rejected with an Error that says what went wrong
 */
export async function installExtras(progress) {
  const contents = await fetchAll(progress);
  const python = await globalThis.nncoreBoot.python;
  const places = [];
  wheels.forEach(({ name }, k) => {
    if (INSTALLER.test(name)) return python.unpackArchive(contents[k], "wheel");
    places.push(`${FOLDER}/${name}`);
    python.FS.writeFile(places.at(-1), new Uint8Array(contents[k]));
  });
  python.pyimport("importlib").invalidate_caches();
  const requirements = python.toPy(places.map((place) => `emfs:${place}`));
  await python.pyimport("micropip").install.callKwargs(requirements, { deps: false });
  requirements.destroy();
  places.forEach((place) => python.FS.unlink(place));
}

/** The bytes of all wheels; if one cannot be had, or nothing more comes, none is waited for. */
function fetchAll(progress) {
  let arrived = 0;
  return patiently((signal, heard) => {
    const count = (bytes) => {
      if (signal.aborted) return;
      heard();
      progress((arrived += bytes));
    };
    return Promise.all(wheels.map((wheel) => fetchWheel(wheel, count, signal)));
  });
}

/** The bytes of one wheel, counted as they arrive. */
export async function fetchWheel({ name, path, bytes }, count, signal) {
  const answer = await fetch(at(path), { signal });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  const content = new Uint8Array(bytes);
  let place = 0;
  for (const reader = answer.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    if (place + value.length > bytes) throw new Error(`${name}: more than ${bytes} bytes`);
    content.set(value, place);
    place += value.length;
    count(value.length);
  }
  if (place !== bytes) throw new Error(`${name}: ${place} bytes instead of ${bytes}`);
  return content.buffer;
}
