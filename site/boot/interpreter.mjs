/**
 * The interpreter module that PyScript imports.
 *
 * PyScript has no option for most of what Pyodide can be told, but it takes the interpreter from
 * any module that exports `loadPyodide`. This one hands out the Python that the boot code has
 * already begun to start.
 */
const { python } = globalThis.nncoreBoot;

export const version = "314.0.3";

/**
 * @param {{stdout: (text: string) => void, stderr: (text: string) => void}} options
 * @returns {Promise<object>} Pyodide's interface
 */
export async function loadPyodide({ stdout, stderr }) {
  const pyodide = await python;
  pyodide.setStdout({ batched: stdout });
  pyodide.setStderr({ batched: stderr });
  return pyodide;
}
