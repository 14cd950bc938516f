/**
 * The benchmark's programme: check that all contenders compute the same, then let them race.
 *
 * What is found goes to the server that gave out this page, line by line while it runs and as one
 * JSON object at the end.
 */
import { Brain } from "./brain.mjs";
import { BATCHES, GRID_SIDE, GROWTH, NETWORKS, WINE, epochCase, prepare } from "./cases.mjs";
import { measureCurves } from "./curves.mjs";
import { ConvNet } from "./convnet.mjs";
import { race } from "./measure.mjs";
import { NncoreKernel, NncoreNumpy, startPython } from "./nncore.mjs";
import { PlainNeurons } from "./plain.mjs";
import { measureFull, measurePage, measureVary } from "./site.mjs";
import { measureSweeps } from "./sweeps.mjs";
import { TensorFlowCpu, TensorFlowWasm, startTensorFlow } from "./tfjs.mjs";

const ALL = [NncoreKernel, NncoreNumpy, ConvNet, PlainNeurons, Brain, TensorFlowCpu, TensorFlowWasm];
const FEW = [NncoreKernel, NncoreNumpy, ConvNet, TensorFlowWasm];
// How far weights may be apart after CHECKED_EPOCHS, relative to the largest: float32 rounds more.
const TOLERANCE = new Map([[ConvNet, 1e-8], [Brain, 1e-3], [TensorFlowCpu, 1e-3], [TensorFlowWasm, 1e-3]]);
const EXACT = 1e-9;
const CHECKED_EPOCHS = 2;
const SLOW_MS = 4000; // an epoch longer than this, as estimated, is not measured

const options = new URLSearchParams(location.search);
const rounds = Number(options.get("rounds") ?? 9);
const only = options.get("only") ?? "";
const parts = options.get("parts")?.split(",") ?? ["epochs", "grid", "wine", "growth", "page"];

const send = (path, body) => fetch(path, { method: "POST", body });

async function say(line) {
  document.querySelector("pre").append(`${line}\n`);
  await send("progress", line);
}

/** The largest difference relative to the largest number. */
function distance(got, want) {
  let apart = got.length === want.length ? 0 : Infinity;
  let largest = 1e-300;
  for (let i = 0; i < want.length; i += 1) {
    apart = Math.max(apart, Math.abs(got[i] - want[i]));
    largest = Math.max(largest, Math.abs(want[i]));
  }
  return apart / largest;
}

/** What training comes to: the weights after a few epochs. */
function trained(contender) {
  contender.epochs(CHECKED_EPOCHS);
  return contender.weights();
}

/** Make the contenders of a case, compare each one's `outcome` with NumPy's, and race `work`. */
async function compete(label, description, kinds, work, outcome = trained) {
  const task = prepare(description);
  const reference = new NncoreNumpy(task);
  const wanted = outcome(reference);
  reference.dispose();
  const contenders = [];
  for (const kind of kinds.filter((each) => each.can?.(task) ?? true)) {
    const contender = new kind(task);
    const apart = distance(outcome(contender), wanted);
    if (!(apart <= (TOLERANCE.get(kind) ?? EXACT))) {
      throw new Error(`${label}: ${kind.title} is ${apart} away from NumPy`);
    }
    contenders.push({ name: kind.title, contender, apart, run: (times) => work(contender, times) });
  }
  const results = await race(contenders, rounds);
  for (const { name, contender, apart } of contenders) {
    results[name].apart = apart;
    contender.dispose?.();
  }
  task.python.destroy();
  const shown = Object.entries(results).map(([name, { median }]) => `${name} ${median.toFixed(3)}`);
  await say(`${label} (ms): ${shown.join(", ")}`);
  return results;
}

const epochs = (contender, times) => contender.epochs(times);

async function measureEpochs() {
  const found = {};
  for (const network of Object.keys(NETWORKS)) {
    for (const batch of BATCHES) {
      const label = `${network}, batch ${batch}`;
      if (!label.includes(only)) continue;
      found[label] = await compete(label, epochCase(network, batch), ALL, epochs);
    }
  }
  return found;
}

function gridPoints(nInputs) {
  const points = new Float64Array(GRID_SIDE * GRID_SIDE * nInputs);
  for (let k = 0; k < GRID_SIDE * GRID_SIDE; k += 1) {
    const x = ((k % GRID_SIDE) / (GRID_SIDE - 1)) * 12 - 6;
    const y = 6 - (Math.floor(k / GRID_SIDE) / (GRID_SIDE - 1)) * 12;
    const features = [x, y, x * x, y * y, x * y, Math.sin(x), Math.sin(y)];
    points.set(features.slice(0, nInputs), k * nInputs);
  }
  return points;
}

/** The forward pass over the plane with the first weights, every unit's output. */
async function measureGrids() {
  const found = {};
  const kinds = [NncoreKernel, NncoreNumpy, ConvNet, PlainNeurons, TensorFlowCpu, TensorFlowWasm];
  for (const network of ["2-4-2-1", "2-8-8-1", "7-(8 x 6)-1"]) {
    const points = gridPoints(NETWORKS[network].nInputs);
    const work = (contender, times) => contender.grid(points, times);
    const outcome = (contender) => {
      const layers = contender.grid(points, 1) ?? contender.outputs();
      return layers.flatMap((layer) => [...layer]);
    };
    const description = epochCase(network, 10);
    found[network] = await compete(`grid, ${network}`, description, kinds, work, outcome);
  }
  return found;
}

async function measureWine() {
  const kinds = [NncoreKernel, NncoreNumpy, ConvNet, TensorFlowCpu, TensorFlowWasm];
  return compete("20 epochs of Wine", WINE, kinds, (contender, times) => {
    for (let k = 0; k < times; k += 1) {
      contender.reset();
      contender.epochs(20);
    }
  });
}

async function measureGrowth() {
  const found = {};
  for (const [axis, cases] of Object.entries(GROWTH)) {
    found[axis] = {};
    let previous = {};
    let size = 0;
    for (const [value, description] of Object.entries(cases)) {
      const growth = size ? (Number(value) / size) ** (axis === "width" ? 2 : 1) : 1;
      const quick = FEW.filter((kind) => {
        const last = size ? (previous[kind.title]?.median ?? Infinity) : 0;
        return axis === "batch" || last * growth < SLOW_MS;
      });
      previous = await compete(`${axis} ${value}`, description, quick, epochs);
      found[axis][value] = previous;
      size = Number(value);
    }
  }
  return found;
}

async function main() {
  const versions = await startPython();
  await startTensorFlow();
  await say(`Pyodide with NumPy ${versions.numpy}; the kernel takes ${versions.lanes} numbers at a time`);
  const steps = {
    epochs: measureEpochs, grid: measureGrids, wine: measureWine, growth: measureGrowth,
    page: () => measurePage(say),
    sweeps: () => measureSweeps(say),
    full: () => measureFull(Math.min(rounds, 5), say, only),
    curves: () => measureCurves(rounds, say),
    vary: () => measureVary(say),
  };
  const results = { agent: navigator.userAgent, cores: navigator.hardwareConcurrency, rounds };
  for (const part of parts) results[part] = await steps[part]();
  await send("results", JSON.stringify(results));
  await say("done");
}

main().catch((error) => send("failed", `${error.message}\n${error.stack}`));
