/**
 * nncore inside Pyodide, by NumPy and by its compiled kernel.
 */
let python;

/** Start Pyodide, and keep its memory, in which the kernel works. */
export async function startPython() {
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...given) => {
    const result = await instantiateStreaming(...given);
    globalThis.pyodideMemory ??= result.instance.exports.memory;
    return result;
  };
  const { loadPyodide } = await import("./runtime/pyodide.mjs");
  const address = new URL("runtime/", document.baseURI).href;
  const pyodide = await loadPyodide({ indexURL: address, packages: ["numpy"] });
  const response = await fetch("nncore.zip");
  pyodide.unpackArchive(await response.arrayBuffer(), "zip", { extractDir: "/bench" });
  pyodide.runPython("import sys; sys.path.insert(0, '/bench')");
  python = pyodide.pyimport("in_page");
  return { lanes: python.ENGINE.lanes, numpy: pyodide.pyimport("numpy").__version__ };
}

/** @returns a Task of in_page.py */
export function pythonTask({ units, nInputs, rows, batch, optimizer, learningRate, wine }) {
  return python.Task(units, nInputs, rows ?? 0, batch, optimizer, learningRate, Boolean(wine));
}

/** @returns a Sweep of in_page.py */
export function pythonSweep(task, rates, seeds, epochs) {
  return python.Sweep(task.python, Float64Array.from(rates), seeds, epochs);
}

class Nncore {
  /** @param {import("./cases.mjs").Case} task */
  constructor(task) {
    this.python = python.Contender(task.python, this.constructor.compiled);
    this.epochs = this.python.epochs;
    this.reset = this.python.reset;
  }

  weights() {
    return this.python.weights();
  }

  grid(points, times) {
    if (this.gridPoints !== points) {
      this.gridPoints = points;
      this.python.prepare_grid(points);
    }
    this.python.grid(times);
  }

  outputs() {
    return [this.python.last_outputs()];
  }

  dispose() {
    this.epochs.destroy();
    this.reset.destroy();
    this.python.destroy();
  }
}

export class NncoreNumpy extends Nncore {
  static title = "nncore, NumPy in Pyodide";
  static compiled = false;
}

export class NncoreKernel extends Nncore {
  static title = "nncore, compiled kernel";
  static compiled = true;
}
