/**
 * Unpack gzip.
 *
 * Browsers unpack on the thread that asks for it, and the page's own has enough to do while
 * Python starts: large files are unpacked by workers. Where there are none, it is done here.
 */

/**
 * Unpack the bytes of a gzip file on this thread.
 * @param {ArrayBuffer} packed
 * @returns {Promise<ArrayBuffer>} rejected if they are damaged
 */
export function gunzip(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

const PROGRAM = `${gunzip}
onmessage = async ({ data }) => {
  try {
    const bytes = await gunzip(data);
    postMessage({ bytes }, [bytes]);
  } catch (error) {
    postMessage({ error: String(error) });
  }
};`;

/**
 * Unpack the bytes of a gzip file on another thread.
 * @param {ArrayBuffer} packed
 * @returns {Promise<ArrayBuffer>} rejected if they are damaged
 */
export async function gunzipApart(packed) {
  let worker;
  try {
    worker = new Worker(`data:text/javascript,${encodeURIComponent(PROGRAM)}`);
    const { bytes, error } = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = reject;
      worker.postMessage(packed);
    });
    if (bytes) return bytes;
    throw new Error(error);
  } catch (error) {
    if (error instanceof Error) throw error;
    return gunzip(packed); // the worker did not start
  } finally {
    worker?.terminate();
  }
}
