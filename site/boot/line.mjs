/**
 * How fast the line is: what the browser believes, and what the first file shows that comes over it,
 * which is Python's own code.
 *
 * A first visit has a choice: it fetches Python's modules, or the snapshot, which is larger and
 * takes less time to start from. At 27 Mbit/s both are ready at the same time; what is slower, or
 * has not shown in time what it can do, takes the modules.
 */
const ENOUGH = 1_000_000; // bytes that tell
const FAST = 4_000; // bytes in a millisecond: 32 Mbit/s
const LONGEST_MS = 1000; // who waits longer for so little has a slow line

let began;
let arrived = 0;
let tell;
let allHere;

/** @type {Promise<boolean>} settled as soon as it is known */
export const lineIsFast = new Promise((resolve) => {
  tell = resolve;
});
/** @type {Promise<void>} settled when all of the first file has come */
export const codeIsHere = new Promise((resolve) => {
  allHere = resolve;
});
const believed = navigator.connection?.effectiveType ?? "4g"; // the fastest class there is
if (believed !== "4g") tell(false);

/** So many bytes of the first file have come, which has `size`. */
export function heard(bytes, size) {
  if (began === undefined) {
    began = performance.now();
    setTimeout(() => tell(false), LONGEST_MS);
  }
  arrived += bytes;
  if (arrived >= ENOUGH) tell(arrived / (performance.now() - began) > FAST);
  if (arrived > size - 1) allHere(); // fractions of bytes are counted too
}

/** No more of the first file comes: nobody need wait for what it would have shown. */
export function lost() {
  tell(false);
}
