/**
 * Plain JavaScript with an object for every neuron and every link, as TensorFlow Playground is
 * built: clear, and the measure for the grid of heatmaps. Our own code; float64.
 */
import { rowsOf } from "./convnet.mjs";

export class PlainNeurons {
  static title = "JavaScript, one object per neuron";

  static can(task) {
    return task.loss === "half_mse" && task.optimizer === "sgd";
  }

  /** @param {import("./cases.mjs").Case} task */
  constructor(task) {
    this.task = task;
    this.rows = rowsOf(task.X, task.nInputs);
    this.targets = rowsOf(task.y, task.units.at(-1));
    this.reset();
  }

  reset() {
    const node = () => ({ bias: 0, links: [], outgoing: [], output: 0, delta: 0, biasSum: 0 });
    const { params, nInputs, units } = this.task;
    this.inputs = Array.from({ length: nInputs }, node);
    this.layers = [];
    let before = this.inputs;
    let at = 0;
    for (const n of units) {
      const layer = Array.from({ length: n }, node);
      layer.forEach((target, j) => {
        before.forEach((source, i) => {
          const link = { source, target, weight: params[at + i * n + j], sum: 0 };
          target.links.push(link);
          source.outgoing.push(link);
        });
        target.bias = params[at + before.length * n + j];
      });
      at += (before.length + 1) * n;
      this.layers.push(layer);
      before = layer;
    }
  }

  forward(row) {
    this.inputs.forEach((input, i) => {
      input.output = row[i];
    });
    for (const layer of this.layers) {
      for (const node of layer) {
        let sum = node.bias;
        for (const link of node.links) sum += link.weight * link.source.output;
        node.output = Math.tanh(sum);
      }
    }
  }

  backward(target) {
    this.layers.at(-1).forEach((node, j) => {
      node.delta = (node.output - target[j]) * (1 - node.output * node.output);
    });
    for (let k = this.layers.length - 1; k >= 0; k -= 1) {
      for (const node of this.layers[k]) {
        if (k < this.layers.length - 1) {
          let slope = 0;
          for (const link of node.outgoing) slope += link.weight * link.target.delta;
          node.delta = slope * (1 - node.output * node.output);
        }
        node.biasSum += node.delta;
        for (const link of node.links) link.sum += node.delta * link.source.output;
      }
    }
  }

  update(samples) {
    const rate = this.task.learningRate / samples;
    for (const node of this.layers.flat()) {
      node.bias -= rate * node.biasSum;
      node.biasSum = 0;
      for (const link of node.links) {
        link.weight -= rate * link.sum;
        link.sum = 0;
      }
    }
  }

  epochs(count) {
    const { batch } = this.task;
    for (let epoch = 0; epoch < count; epoch += 1) {
      let samples = 0;
      this.rows.forEach((row, i) => {
        this.forward(row);
        this.backward(this.targets[i]);
        samples += 1;
        if (samples === batch || i === this.rows.length - 1) {
          this.update(samples);
          samples = 0;
        }
      });
    }
  }

  weights() {
    return this.layers.flatMap((layer) => {
      const rows = layer[0].links.map((_, i) => layer.map((node) => node.links[i].weight));
      return [...rows.flat(), ...layer.map((node) => node.bias)];
    });
  }

  /** Every neuron's output over the points, `times` times. */
  grid(points, times) {
    if (this.gridPoints !== points) {
      this.gridPoints = points;
      this.gridRows = rowsOf(points, this.task.nInputs);
    }
    const out = this.layers.map((layer) => new Float64Array(this.gridRows.length * layer.length));
    for (let time = 0; time < times; time += 1) {
      this.gridRows.forEach((row, k) => {
        this.forward(row);
        this.layers.forEach((layer, l) => {
          for (let j = 0; j < layer.length; j += 1) out[l][k * layer.length + j] = layer[j].output;
        });
      });
    }
    return out;
  }
}
