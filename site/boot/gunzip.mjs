/**
 * Unpack gzip.
 *
 * Browsers unpack on the thread that asks for it, and the page's own has enough to do while
 * Python starts: large files are unpacked by a worker, one after the other. Where there is no
 * worker, it is done here. No blob is made of the bytes: WebKit (2.50) reads none in a worker of a
 * page that was opened from disk.
 */

/**
 * Unpack the bytes of a gzip file on this thread.
 * @param {ArrayBuffer} packed
 * @returns {Promise<ArrayBuffer>} rejected if they are damaged
 */
export function gunzip(packed) {
  const stream = new Response(packed).body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

const PROGRAM = `${gunzip}
let last;
async function answer(before, packed) {
  await before;
  try {
    const bytes = await gunzip(packed);
    postMessage({ bytes }, [bytes]);
  } catch {
    postMessage({});
  }
}
onmessage = ({ data }) => {
  last = answer(last, data);
};`;

const waiting = []; // what was given to the worker: the bytes, and how to settle their promise
let worker = null;

/** The work is done, or there is no worker: in any case it can go. */
function dismiss() {
  worker?.terminate();
  worker = null;
}

/**
 * Unpack the bytes of a gzip file on another thread.
 * @param {ArrayBuffer} packed
 * @returns {Promise<ArrayBuffer>} rejected if they are damaged
 */
export function gunzipApart(packed) {
  return new Promise((resolve, reject) => {
    waiting.push({ packed, resolve, reject });
    try {
      worker ??= startWorker();
      worker.postMessage(packed);
    } catch {
      instead();
    }
  });
}

function startWorker() {
  const started = new Worker(`data:text/javascript,${encodeURIComponent(PROGRAM)}`);
  started.onerror = instead;
  started.onmessage = ({ data: { bytes } }) => {
    const { packed, resolve, reject } = waiting.shift();
    if (bytes) resolve(bytes);
    else gunzip(packed).then(resolve, reject); // not every browser lets a worker do it
    if (!waiting.length) dismiss();
  };
  return started;
}

/** There is no worker: do its work here. */
function instead() {
  dismiss();
  for (const { packed, resolve, reject } of waiting.splice(0)) gunzip(packed).then(resolve, reject);
}
