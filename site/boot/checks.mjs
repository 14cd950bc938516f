/**
 * Can this browser run Python at all? Asked before anything large is fetched.
 *
 * WebAssembly may be missing (an old browser, a lockdown mode) or forbidden (a policy of the site
 * that embeds the page). Both are told apart by compiling the smallest module there is.
 */
import { BootError } from "./errors.mjs";

/** A module with nothing in it: the four magic bytes and version 1. */
const EMPTY_MODULE = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/** A module with one function `() -> ()` that holds `try nop catch_all end`. */
const EXCEPTIONS_MODULE = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, // magic, version
  1, 4, 1, 0x60, 0, 0, // types: () -> ()
  3, 2, 1, 0, // functions: one of type 0
  10, 9, 1, 7, 0, 0x06, 0x40, 0x01, 0x19, 0x0b, 0x0b, // code: try nop catch_all end end
]);

/** Throw a BootError if the browser lacks something that Pyodide needs. */
export function checkBrowser() {
  if (typeof WebAssembly !== "object") {
    throw new BootError("unsupported", "WebAssembly is not available");
  }
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (error) {
    throw new BootError("blocked", `WebAssembly may not be compiled: ${error.message}`);
  }
  if (!WebAssembly.validate(EXCEPTIONS_MODULE)) {
    throw new BootError("unsupported", "WebAssembly has no exceptions");
  }
  for (const name of ["DecompressionStream", "TransformStream", "WeakRef"]) {
    if (!(name in globalThis)) throw new BootError("unsupported", `${name} is not available`);
  }
}
