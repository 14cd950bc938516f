/**
 * Full speed with the chart's curves per layer, beside full speed with the losses alone.
 */
import { ALL_INPUTS, QUIET, SETTLED, open, run, tell, until, wait } from "./site.mjs";

/** Networks that remember earlier gradients, and one that does not. */
const CURVES = {
  "2-4-2-1": "#speed=fast",
  "2-4-2-1, Adam": "#speed=fast&optimizer=adam&learningRate=0.01",
  "7-(8 x 6)-1, RMSprop": `#speed=fast&networkShape=8,8,8,8,8,8&${ALL_INPUTS}&optimizer=rmsprop&learningRate=0.001`,
};
const CHARTS = ["loss", "gradient", "flat", "update"];
const TURN = 1; // seconds: short, so that what else the machine does meets all choices

/**
 * Full speed with each choice of the chart by turns, in one page: every turn begins at epoch 0.
 * @returns {Promise<object>} by network and choice: lists of what `run` found
 */
export async function measureCurves(rounds, say) {
  const found = {};
  for (const [label, hash] of Object.entries(CURVES)) {
    const { frame, root } = await open(hash);
    const page = frame.contentDocument;
    const choose = async (value) => {
      page.getElementById("reset").click();
      const menu = page.querySelector('select[name="chart"]');
      menu.value = value;
      menu.dispatchEvent(new Event("change", { bubbles: true }));
      do await wait(SETTLED);
      while (root.dataset.working !== "false");
    };
    await wait(QUIET);
    await choose(CHARTS.at(-1)); // fetches what the curves need
    found[label] = Object.fromEntries(CHARTS.map((chart) => [chart, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const chart of CHARTS) {
        await choose(chart);
        const running = await run(frame, root, TURN);
        if (root.dataset.playing === "true") page.getElementById("run").click();
        await until(root, () => root.dataset.playing === "false");
        found[label][chart].push(running);
        await tell(say, ` ${label} ${chart}`, running);
      }
    }
    frame.remove();
  }
  return found;
}
