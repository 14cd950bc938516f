/**
 * Keep hold of the memory that Pyodide runs in, as `globalThis.pyodideMemory`.
 *
 * Preloaded by test_core_in_pyodide.py, because the kernel's tests let WebAssembly modules work on
 * NumPy's arrays in place, and Pyodide itself hands its memory to nobody.
 */
const { instantiate } = WebAssembly;

WebAssembly.instantiate = async (...given) => {
  const result = await instantiate(...given);
  globalThis.pyodideMemory ??= (result.instance ?? result).exports.memory;
  return result;
};
