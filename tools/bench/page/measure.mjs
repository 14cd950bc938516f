/**
 * Measure several ways of doing the same work fairly.
 *
 * All take turns in one run, in an order that rotates from round to round, so that a busy machine,
 * a hot processor or a late compilation meets all alike. What counts is the median over the
 * rounds; the smallest and largest are kept, too. A browser's clock is coarse (0.1 ms in Chromium),
 * so each sample repeats the work until it has lasted for SAMPLE_MS.
 */
const SAMPLE_MS = 30;
const WARM_UP_MS = 150;
const WARM_UP_RUNS = 3;

/**
 * @typedef {{name: string, run: (times: number) => (void|Promise<void>)}} Contender
 * @typedef {{median: number, low: number, high: number, runs: number}} Result milliseconds a run
 */

/**
 * @param {Contender[]} contenders
 * @param {number} rounds
 * @returns {Promise<Record<string, Result>>} by contender's name
 */
export async function race(contenders, rounds) {
  const states = [];
  for (const contender of contenders) {
    states.push({ contender, times: await calibrate(contender), samples: [] });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < states.length; turn += 1) {
      const state = states[(turn + round) % states.length];
      state.samples.push((await time(state.contender, state.times)) / state.times);
      await breathe();
    }
  }
  return Object.fromEntries(
    states.map(({ contender, times, samples }) => [contender.name, summary(samples, times)]),
  );
}

/** Warm up, then say how many runs make a sample. */
async function calibrate(contender) {
  let runs = 0;
  let spent = 0;
  while (spent < WARM_UP_MS && (runs < WARM_UP_RUNS || spent / runs < WARM_UP_MS)) {
    const times = Math.max(1, runs);
    spent += await time(contender, times);
    runs += times;
    await breathe();
  }
  const last = (await time(contender, 1 + Math.floor(runs / 4))) / (1 + Math.floor(runs / 4));
  return Math.max(1, Math.ceil(SAMPLE_MS / Math.max(last, 1e-4)));
}

async function time(contender, times) {
  const start = performance.now();
  await contender.run(times);
  return performance.now() - start;
}

/** Let the browser do its own work between samples. */
function breathe() {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function summary(samples, runs) {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, low: sorted[0], high: sorted.at(-1), runs };
}
