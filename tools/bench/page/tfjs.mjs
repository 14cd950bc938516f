/**
 * TensorFlow.js on its CPU or WebAssembly backend, whole batches, float32.
 *
 * Written with tensors, variables and `optimizer.minimize`, which costs less than a tf.layers
 * model and its `fit`. The batches are cut beforehand.
 */
const { tf } = globalThis;

/** A tensor of these numbers; TensorFlow.js knows no float64. */
const tensor = (numbers, shape) => tf.tensor(Float32Array.from(numbers), shape);

class TensorFlow {
  /** @param {import("./cases.mjs").Case} task */
  constructor(task) {
    this.task = task;
    this.use();
    const { X, y, nInputs, units, batch } = task;
    const n = X.length / nInputs;
    this.batches = [];
    for (let start = 0; start < n; start += batch) {
      const stop = Math.min(start + batch, n);
      const cut = (matrix, columns) =>
        tensor(matrix.subarray(start * columns, stop * columns), [stop - start, columns]);
      this.batches.push([cut(X, nInputs), cut(y, units.at(-1))]);
    }
    this.variables = [];
    let rows = nInputs;
    for (const columns of units) {
      this.variables.push([tf.variable(tf.zeros([rows, columns])), tf.variable(tf.zeros([columns]))]);
      rows = columns;
    }
    this.reset();
  }

  use() {
    tf.setBackend(this.constructor.backend);
  }

  reset() {
    this.use();
    const { optimizer, learningRate, params } = this.task;
    this.optimizer?.dispose();
    this.optimizer =
      optimizer === "rmsprop"
        ? tf.train.rmsprop(learningRate, 0.9, 0, 1e-7)
        : tf.train.sgd(learningRate);
    let at = 0;
    for (const variable of this.variables.flat()) {
      const first = params.subarray(at, at + variable.size);
      tf.tidy(() => variable.assign(tensor(first, variable.shape)));
      at += variable.size;
    }
  }

  /** @returns every layer's outputs; of a softmax layer the sums */
  forward(inputs) {
    const softmax = this.task.loss === "categorical_crossentropy";
    const outputs = [];
    let value = inputs;
    this.variables.forEach(([weights, bias], k) => {
      const sums = value.matMul(weights).add(bias);
      value = softmax && k === this.variables.length - 1 ? sums : sums.tanh();
      outputs.push(value);
    });
    return outputs;
  }

  loss(inputs, targets) {
    const output = this.forward(inputs).at(-1);
    if (this.task.loss === "categorical_crossentropy") {
      return tf.losses.softmaxCrossEntropy(targets, output);
    }
    return output.sub(targets).square().sum().mul(0.5 / inputs.shape[0]);
  }

  epochs(count) {
    this.use();
    for (let epoch = 0; epoch < count; epoch += 1) {
      for (const [inputs, targets] of this.batches) {
        tf.tidy(() => {
          this.optimizer.minimize(() => this.loss(inputs, targets));
        });
      }
    }
    this.variables.at(-1)[1].dataSync();
  }

  weights() {
    this.use();
    return this.variables.flat().flatMap((variable) => [...variable.dataSync()]);
  }

  /** Every unit's output over the points, all at once, `times` times. */
  grid(points, times) {
    this.use();
    const { nInputs } = this.task;
    let outputs;
    for (let time = 0; time < times; time += 1) {
      outputs = tf.tidy(() => {
        const inputs = tensor(points, [points.length / nInputs, nInputs]);
        return this.forward(inputs).map((layer) => layer.dataSync());
      });
    }
    return outputs;
  }

  dispose() {
    this.use();
    this.optimizer.dispose();
    tf.dispose([...this.variables.flat(), ...this.batches.flat()]);
  }
}

export class TensorFlowCpu extends TensorFlow {
  static title = "TensorFlow.js, cpu";
  static backend = "cpu";
}

export class TensorFlowWasm extends TensorFlow {
  static title = "TensorFlow.js, wasm";
  static backend = "wasm";
}

export async function startTensorFlow() {
  tf.wasm.setWasmPaths("libraries/");
  for (const backend of ["wasm", "cpu"]) {
    if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend}`);
  }
}
