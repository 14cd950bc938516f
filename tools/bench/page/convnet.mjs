/**
 * ConvNetJS: one sample after the other, float64.
 *
 * It has no tanh output for regression; a tanh layer is put in front of its loss. Its trainer
 * carries the samples after the last full batch into the next epoch; here they are given a batch
 * of their own, as everywhere else.
 */
const { convnetjs } = globalThis;

export class ConvNet {
  static title = "ConvNetJS";

  /** @param {import("./cases.mjs").Case} task */
  constructor(task) {
    const hidden = task.units.slice(0, -1);
    const outputs = task.units.at(-1);
    const softmax = task.loss === "categorical_crossentropy";
    this.net = new convnetjs.Net();
    this.net.makeLayers([
      { type: "input", out_sx: 1, out_sy: 1, out_depth: task.nInputs },
      ...hidden.map((units) => ({ type: "fc", num_neurons: units, activation: "tanh" })),
      softmax
        ? { type: "softmax", num_classes: outputs }
        : { type: "regression", num_neurons: outputs },
    ]);
    if (!softmax) {
      const shape = { in_sx: 1, in_sy: 1, in_depth: outputs };
      this.net.layers.splice(-1, 0, new convnetjs.TanhLayer(shape));
    }
    const rms = { method: "windowgrad", ro: 0.9, eps: 1e-7 };
    const method = task.optimizer === "rmsprop" ? rms : { method: "sgd", momentum: 0 };
    this.trainer = new convnetjs.Trainer(this.net, {
      learning_rate: task.learningRate,
      l2_decay: 0,
      ...method,
    });
    this.task = task;
    this.rows = rowsOf(task.X, task.nInputs).map(vol);
    const targets = rowsOf(task.y, outputs);
    this.targets = softmax ? targets.map((row) => row.indexOf(1)) : targets;
    this.reset();
  }

  get dense() {
    return this.net.layers.filter((layer) => layer.layer_type === "fc");
  }

  reset() {
    let at = 0;
    for (const layer of this.dense) {
      const n = layer.out_depth;
      for (let i = 0; i < layer.num_inputs; i += 1) {
        layer.filters.forEach((filter, j) => {
          filter.w[i] = this.task.params[at + i * n + j];
        });
      }
      at += layer.num_inputs * n;
      layer.biases.w.set(this.task.params.subarray(at, at + n));
      at += n;
    }
    for (const memory of this.trainer.gsum) memory.fill(0);
  }

  epochs(count) {
    const { batch } = this.task;
    const n = this.rows.length;
    for (let epoch = 0; epoch < count; epoch += 1) {
      for (let start = 0; start < n; start += batch) {
        const stop = Math.min(start + batch, n);
        this.trainer.batch_size = stop - start;
        this.trainer.k = 0;
        for (let i = start; i < stop; i += 1) this.trainer.train(this.rows[i], this.targets[i]);
      }
    }
  }

  weights() {
    return this.dense.flatMap((layer) => {
      const rows = [];
      for (let i = 0; i < layer.num_inputs; i += 1) {
        rows.push(...layer.filters.map((filter) => filter.w[i]));
      }
      return [...rows, ...layer.biases.w];
    });
  }

  /** Every unit's output over the points, one point after the other, `times` times. */
  grid(points, times) {
    if (this.gridPoints !== points) {
      this.gridPoints = points;
      this.gridRows = rowsOf(points, this.task.nInputs).map(vol);
    }
    const layers = this.net.layers.filter((layer) => layer.layer_type === "tanh");
    const out = layers.map((layer) => new Float64Array(this.gridRows.length * layer.out_depth));
    for (let time = 0; time < times; time += 1) {
      this.gridRows.forEach((row, k) => {
        this.net.forward(row);
        layers.forEach((layer, l) => out[l].set(layer.out_act.w, k * layer.out_depth));
      });
    }
    return out;
  }
}

/** @returns {number[][]} the rows of a matrix that is stored row by row */
export function rowsOf(matrix, columns) {
  const rows = [];
  for (let at = 0; at < matrix.length; at += columns) {
    rows.push(Array.from(matrix.subarray(at, at + columns)));
  }
  return rows;
}

function vol(row) {
  const cell = new convnetjs.Vol(1, 1, row.length, 0);
  cell.w.set(row);
  return cell;
}
