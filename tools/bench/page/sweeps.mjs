/**
 * Many runs: 16 learning rates times 16 seeds, 300 epochs each, by nncore.sweep and by the fastest
 * library of the bench, one whole sweep each.
 */
import { epochCase, prepare } from "./cases.mjs";
import { ConvNet } from "./convnet.mjs";
import { pythonSweep } from "./nncore.mjs";

const NETWORK = "2-4-2-1";
export const RATES = Array.from({ length: 16 }, (_, k) => 0.001 * 10 ** (k / 7.5));
export const SEEDS = 16;
export const EPOCHS = 300;
const TOLERANCE = 1e-6; // of the weights at the end, for the smallest learning rate

/**
 * @returns {Promise<object>} runs, bytes of all, and seconds for the whole sweep: of nncore, alone,
 *   of ConvNetJS
 */
export async function measureSweeps(say) {
  const task = prepare(epochCase(NETWORK, 10));
  const sweep = pythonSweep(task, RATES, SEEDS, EPOCHS);
  sweep.run(); // compiles the network
  const started = performance.now();
  sweep.run();
  const nncore = (performance.now() - started) / 1000;
  const alone = sweep.alone();
  const bytes = sweep.bytes();
  const begun = performance.now();
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const params = sweep.params(seed);
    for (const learningRate of RATES) {
      const contender = new ConvNet({ ...task, params, learningRate });
      contender.epochs(EPOCHS);
      if (learningRate === RATES[0]) check(contender.weights(), sweep.weights(seed));
    }
    await say(`sweep: ${seed + 1} of ${SEEDS} seeds by ConvNetJS`);
  }
  const library = (performance.now() - begun) / 1000;
  const found = { runs: RATES.length * SEEDS, epochs: EPOCHS, nncore, alone, library, bytes };
  await say(`sweep (s): ${JSON.stringify(found)}`);
  return found;
}

function check(got, want) {
  const apart = Math.max(...want.map((value, i) => Math.abs(value - got[i])));
  if (!(apart < TOLERANCE)) throw new Error(`a run of the sweep is ${apart} away from ConvNetJS`);
}
