/**
 * What is measured: networks, batches, and how the cost grows.
 *
 * @typedef {object} Case
 * @property {number[]} units of each layer @property {number} nInputs
 * @property {Float64Array} X @property {Float64Array} y @property {Float64Array} params
 * @property {number} batch @property {string} loss @property {string} optimizer
 * @property {number} learningRate @property {object} python the same in Python
 */
import { pythonTask } from "./nncore.mjs";

const POINTS = 250;
const SGD = { optimizer: "sgd", learningRate: 0.03 };
const square = (width) => ({ units: [width, width, 1], nInputs: 2 });
const SMALL = { units: [4, 2, 1], nInputs: 2 };

export const NETWORKS = {
  "2-4-2-1": SMALL,
  "2-8-8-1": square(8),
  "7-(8 x 6)-1": { units: [8, 8, 8, 8, 8, 8, 1], nInputs: 7 },
  "13-8-5-2-3": { units: [8, 5, 2, 3], nInputs: 13 },
};
export const BATCHES = [1, 10, 30];
export const GRID_SIDE = 100;

/** 20 epochs of the Wine exercise, rows in their order. */
export const WINE = {
  ...NETWORKS["13-8-5-2-3"], wine: true, batch: 16, optimizer: "rmsprop", learningRate: 0.05,
};

/** Work per network and batch. */
export const epochCase = (network, batch) => ({ ...NETWORKS[network], ...SGD, rows: POINTS, batch });

/** For each axis: label -> case. */
export const GROWTH = {
  width: Object.fromEntries(
    [8, 16, 32, 64, 128, 256].map((w) => [w, { ...square(w), ...SGD, rows: POINTS, batch: 10 }]),
  ),
  points: Object.fromEntries(
    [250, 2500, 25000, 100000].map((rows) => [rows, { ...SMALL, ...SGD, rows, batch: 10 }]),
  ),
  batch: Object.fromEntries(
    [1, 3, 10, 30, 100, 250].map((batch) => [batch, { ...square(8), ...SGD, rows: POINTS, batch }]),
  ),
};

/** @returns {Case} with its arrays */
export function prepare(description) {
  const python = pythonTask(description);
  const arrays = ["X", "y", "params"].map((name) => [name, python.array(name)]);
  return { ...description, ...Object.fromEntries(arrays), loss: python.loss, python };
}
