/**
 * Downloads that the page can do without: given up when nothing more comes.
 *
 * The start has the safety net's watchdog; whatever is fetched afterwards has this one.
 */

/**
 * Do `job(signal, heard)`, which calls `heard` whenever something arrives.
 * @template T
 * @param {(signal: AbortSignal, heard: () => void) => Promise<T>} job
 * @returns {Promise<T>} rejected as the job is, or when nothing has come for too long
 */
export async function patiently(job) {
  const { patience } = globalThis.nncoreBoot;
  const lost = new AbortController();
  const silent = new Error(`nothing has come for ${patience} seconds`);
  let watchdog;
  const heard = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => lost.abort(silent), 1000 * patience);
  };
  heard();
  try {
    return await job(lost.signal, heard);
  } catch (error) {
    lost.abort();
    throw error;
  } finally {
    clearTimeout(watchdog);
  }
}
