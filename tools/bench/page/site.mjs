/**
 * The page itself, in a frame: how long until it is ready, how it runs, what memory it takes.
 */
const SECONDS = 4;

/** @returns {Promise<object>} what was found at the usual and at full speed */
export async function measurePage(say) {
  const usual = await measureLink("", say);
  const full = await measureLink("#speed=fast", say);
  return { usual, full };
}

/**
 * @param {string} hash the link's settings
 * @param {(line: string) => Promise<void>} say
 * @returns {Promise<object>} milliseconds to ready, frames and epochs a second, longest frame, MB
 */
async function measureLink(hash, say) {
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: `site/index.html${hash}`, width: 1440, height: 900 });
  const start = performance.now();
  document.body.append(frame);
  await new Promise((resolve) => {
    frame.addEventListener("load", resolve, { once: true });
  });
  const root = frame.contentDocument.documentElement;
  await until(root, () => root.dataset.state !== "booting");
  if (root.dataset.state !== "ready") throw new Error("the page did not start");
  const ready = performance.now() - start;
  const running = await run(frame, root);
  const megabytes = (bytes) => (bytes ? bytes / 2 ** 20 : null);
  const memory = {
    heapMegabytes: megabytes(performance.memory?.usedJSHeapSize),
    pythonMegabytes: megabytes(frame.contentWindow.nncoreBoot?.memory?.buffer.byteLength),
  };
  frame.remove();
  await say(
    `page${hash}: ready after ${ready.toFixed(0)} ms, ${running.framesPerSecond.toFixed(0)} frames ` +
      `and ${running.epochsPerSecond.toFixed(0)} epochs a second`,
  );
  return { ready, ...running, ...memory };
}

/** Press Run, and count frames and epochs for a while. */
async function run(frame, root) {
  const button = [...frame.contentDocument.querySelectorAll("button")].find(
    (each) => (each.ariaLabel ?? each.textContent).trim() === "Run",
  );
  button.click();
  await until(root, () => root.dataset.playing === "true");
  const times = [];
  const first = Number(root.dataset.epoch);
  await new Promise((resolve) => {
    const note = (now) => {
      times.push(now);
      if (now - times[0] > SECONDS * 1000) resolve();
      else frame.contentWindow.requestAnimationFrame(note);
    };
    frame.contentWindow.requestAnimationFrame(note);
  });
  const seconds = (times.at(-1) - times[0]) / 1000;
  const gaps = times.slice(1).map((now, k) => now - times[k]);
  return {
    framesPerSecond: gaps.length / seconds,
    longestFrame: Math.max(...gaps),
    epochsPerSecond: (Number(root.dataset.epoch) - first) / seconds,
  };
}

function until(root, condition) {
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
