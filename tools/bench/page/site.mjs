/**
 * The page itself, in a frame: how long until it is ready, how it runs, what memory it takes.
 */
import { EPOCHS, RATES, SEEDS } from "./sweeps.mjs";

const SECONDS = 4;
export const SETTLED = 500; // milliseconds from one look at a page that is watched to the next
export const QUIET = 3000; // milliseconds after which a page that is ready has done all it had put off
const WIDE = "networkShape=32,32,32,32,32,32,32,32";
export const ALL_INPUTS = "xTimesY=true&xSquared=true&ySquared=true&sinX=true&sinY=true";

/** Settings at the ends of what the page allows: none of them may make it stutter. */
const EXTREMES = {
  "100,000 points": "points=100000",
  "100,000 points, batch 1": "points=100000&batchSize=1",
  "100,000 points, NumPy": "points=100000&engine=numpy",
  "100,000 points, three classes": "dataset=spiral3&points=100000&networkShape=12,8&optimizer=adam",
  "8 layers of 32": WIDE,
  "8 layers of 32, batch 1": `${WIDE}&batchSize=1`,
  "8 layers of 32, batch 1000": `${WIDE}&batchSize=1000&points=2000`,
  "8 layers of 32, NumPy": `${WIDE}&engine=numpy`,
  "100,000 points, 7 inputs, 8 layers of 32": `${WIDE}&${ALL_INPUTS}&points=100000`,
  "100,000 points, 7 inputs, 8 layers of 32, NumPy": `${WIDE}&${ALL_INPUTS}&points=100000&engine=numpy`,
  "Wine lab": "view=wine&stopEpoch=0",
  "Wine lab, 8 layers of 32": `view=wine&stopEpoch=0&${WIDE}`,
};

/** @returns {Promise<object>} what was found at the usual and at full speed, and at extremes */
export async function measurePage(say) {
  const usual = await measureLink("", say);
  const full = await measureLink("#speed=fast", say);
  const extremes = {};
  for (const [label, link] of Object.entries(EXTREMES)) {
    extremes[label] = await measureChange(`#${link}&speed=fast`, say);
  }
  return { usual, full, extremes };
}

/** Networks at full speed, as links. */
const FULL = {
  "2-4-2-1": "#speed=fast",
  "7-(8 x 6)-1": `#speed=fast&networkShape=8,8,8,8,8,8&${ALL_INPUTS}`,
};

/**
 * Full speed, in turns with another build of the page where there is one.
 * @param {string} only of the networks, those with this in their name
 * @returns {Promise<object>} by network: { now, before }, lists of what `run` found
 */
export async function measureFull(rounds, say, only) {
  const there = (await fetch("before/index.html", { method: "HEAD" })).ok;
  const found = {};
  for (const [label, hash] of Object.entries(FULL)) {
    if (!label.includes(only)) continue;
    found[label] = { now: [], before: [] };
    for (let round = 0; round < rounds; round += 1) {
      found[label].now.push(await measureLink(hash, say));
      if (there) found[label].before.push(await measureLink(hash, say, "before"));
    }
  }
  return found;
}

/**
 * Many runs beside the page, which stands still: 16 learning rates times 16 seeds.
 * @returns {Promise<object>} runs, seconds for all, frames a second and the longest meanwhile
 */
export async function measureVary(say) {
  const { frame, root } = await open("");
  await wait(QUIET);
  const page = frame.contentDocument;
  const press = (name) => page.querySelector(`[data-action="${name}"]`).click();
  press("vary");
  await appears(page, "vary-what");
  const enter = (id, value) => {
    page.getElementById(id).value = value;
    page.getElementById(id).dispatchEvent(new Event("change", { bubbles: true }));
  };
  enter("vary-what", "learning_rate");
  enter("vary-values", RATES.map((rate) => rate.toPrecision(3)).join(" "));
  enter("vary-seeds", SEEDS);
  enter("vary-epochs", EPOCHS);
  const start = performance.now();
  press("vary-start");
  const runs = RATES.length * SEEDS;
  const seen = await frames(frame, () => Number(root.dataset.sweepDone) === runs);
  const found = { runs, seconds: (performance.now() - start) / 1000, ...seen };
  frame.remove();
  await say(`runs beside the page: ${JSON.stringify(found)}`);
  return found;
}

/** Wait for an element of the page. */
function appears(page, id) {
  return new Promise((resolve) => {
    const look = () => (page.getElementById(id) ? resolve() : setTimeout(look, 10));
    look();
  });
}

/**
 * @param {string} hash the link's settings
 * @param {(line: string) => Promise<void>} say
 * @returns {Promise<object>} milliseconds to ready, frames and epochs a second, median and longest
 *   distance of two frames, the longest work of a frame, cells along a map's side, MB
 */
async function measureLink(hash, say, folder = "site") {
  const { frame, root, ready } = await open(hash, folder);
  const running = await run(frame, root);
  const megabytes = (bytes) => (bytes ? bytes / 2 ** 20 : null);
  const memory = {
    heapMegabytes: megabytes(performance.memory?.usedJSHeapSize),
    pythonMegabytes: megabytes(frame.contentWindow.nncoreBoot?.memory?.buffer.byteLength),
  };
  frame.remove();
  await tell(say, hash, running);
  return { ready, ...running, ...memory };
}

/**
 * The same of a page that is open already and takes these settings, and its long tasks: lists of
 * milliseconds of those over 50, or null where the browser does not tell.
 */
async function measureChange(hash, say) {
  const { frame, root } = await open("");
  await wait(QUIET);
  const page = frame.contentWindow;
  const changing = watchLong();
  page.history.pushState(null, "", hash);
  page.dispatchEvent(new PopStateEvent("popstate"));
  do await wait(SETTLED);
  while (root.dataset.working !== "false");
  const longOnChange = changing();
  const inTraining = watchLong();
  page.document.getElementById("run").click();
  await wait(SECONDS * 1000);
  const longRunning = inTraining();
  page.document.getElementById("run").click();
  await until(root, () => root.dataset.playing === "false" && root.dataset.working === "false");
  const running = await run(frame, root);
  frame.remove();
  await tell(say, hash, running);
  return { ...running, longOnChange, longRunning };
}

/** @returns {Promise<object>} a frame with the page, its root element, and milliseconds to ready */
export async function open(hash, folder = "site") {
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: `${folder}/index.html${hash}`, width: 1440, height: 900 });
  const start = performance.now();
  document.body.append(frame);
  await new Promise((resolve) => {
    frame.addEventListener("load", resolve, { once: true });
  });
  const root = frame.contentDocument.documentElement;
  await until(root, () => root.dataset.state !== "booting");
  if (root.dataset.state !== "ready") throw new Error("the page did not start");
  return { frame, root, ready: performance.now() - start };
}

export function tell(say, hash, running) {
  return say(
    `page${hash}: ${running.framesPerSecond.toFixed(0)} frames and ` +
      `${running.epochsPerSecond.toFixed(0)} epochs a second`,
  );
}

/** Press Run, and count frames and epochs for so many seconds. */
export async function run(frame, root, atLeast = SECONDS) {
  const button = [...frame.contentDocument.querySelectorAll("button")].find(
    (each) => (each.ariaLabel ?? each.textContent).trim() === "Run",
  );
  button.click();
  await until(root, () => root.dataset.playing === "true");
  const work = watch(frame.contentWindow);
  const first = Number(root.dataset.epoch);
  const seen = await frames(frame, (passed) => passed > atLeast * 1000);
  return {
    ...seen,
    longestWork: Math.max(...work),
    cells: Number(root.dataset.cells),
    epochsPerSecond: (Number(root.dataset.epoch) - first) / seen.watched,
  };
}

/**
 * Watch the frames of a page until `ends(milliseconds since the first)`.
 * @returns {Promise<object>} seconds, frames a second, median and longest distance of two
 */
async function frames(frame, ends) {
  const times = [];
  await new Promise((resolve) => {
    const note = (now) => {
      times.push(now);
      if (ends(now - times[0])) resolve();
      else frame.contentWindow.requestAnimationFrame(note);
    };
    frame.contentWindow.requestAnimationFrame(note);
  });
  const watched = (times.at(-1) - times[0]) / 1000;
  const gaps = times.slice(1).map((now, k) => now - times[k]);
  return {
    watched,
    framesPerSecond: gaps.length / watched,
    medianFrame: gaps.toSorted((a, b) => a - b)[gaps.length >> 1],
    longestFrame: Math.max(...gaps),
  };
}

/** @returns {number[]} milliseconds that each callback of an animation frame takes from now on */
function watch(page) {
  const work = [];
  const frame = page.requestAnimationFrame.bind(page);
  page.requestAnimationFrame = (call) =>
    frame((now) => {
      const start = performance.now();
      call(now);
      work.push(performance.now() - start);
    });
  return work;
}

/**
 * The tasks of the page's thread, with all that the browser does there for a picture. Chromium
 * does not tell of a task in which code of two windows runs: leave the page alone meanwhile.
 * @returns {() => number[] | null} ends the watch: milliseconds of each task over 50
 */
function watchLong() {
  const type = "longtask";
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return () => null;
  const long = [];
  const take = (entries) => long.push(...entries.map((entry) => entry.duration));
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type });
  return () => {
    take(observer.takeRecords());
    observer.disconnect();
    return long;
  };
}

export function wait(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

export function until(root, condition) {
  return new Promise((resolve) => {
    if (condition()) {
      resolve();
      return;
    }
    const observer = new MutationObserver(() => {
      if (condition()) {
        observer.disconnect();
        resolve();
      }
    });
    observer.observe(root, { attributes: true });
  });
}
