/**
 * brain.js: one sample after the other, float32, always batches of one, tanh everywhere.
 */
import { rowsOf } from "./convnet.mjs";

const { brain } = globalThis;

export class Brain {
  static title = "brain.js";

  static can(task) {
    return task.batch === 1 && task.loss === "half_mse" && task.optimizer === "sgd";
  }

  /** @param {import("./cases.mjs").Case} task */
  constructor(task) {
    const { learningRate } = task;
    this.net = new brain.NeuralNetwork({ activation: "tanh", learningRate });
    Object.assign(this.net.trainOpts, { activation: "tanh", learningRate, momentum: 0 });
    this.net.sizes = [task.nInputs, ...task.units];
    this.net.initialize();
    const inputs = rowsOf(task.X, task.nInputs);
    const outputs = rowsOf(task.y, task.units.at(-1));
    this.patterns = inputs.map((input, i) => ({
      input: Float32Array.from(input),
      output: Float32Array.from(outputs[i]),
    }));
    this.task = task;
    this.reset();
  }

  reset() {
    let at = 0;
    this.eachLayer((weights, biases, n, rows) => {
      for (let i = 0; i < rows; i += 1) {
        for (let j = 0; j < n; j += 1) weights[j][i] = this.task.params[at + i * n + j];
      }
      at += rows * n;
      biases.set(this.task.params.subarray(at, at + n));
      at += n;
    });
  }

  eachLayer(visit) {
    const { sizes, weights, biases } = this.net;
    for (let k = 1; k < sizes.length; k += 1) visit(weights[k], biases[k], sizes[k], sizes[k - 1]);
  }

  epochs(count) {
    for (let epoch = 0; epoch < count; epoch += 1) {
      for (const pattern of this.patterns) this.net.trainPattern(pattern, false);
    }
  }

  weights() {
    const all = [];
    this.eachLayer((weights, biases, n, rows) => {
      for (let i = 0; i < rows; i += 1) {
        for (let j = 0; j < n; j += 1) all.push(weights[j][i]);
      }
      all.push(...biases);
    });
    return all;
  }
}
