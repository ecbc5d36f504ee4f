// @ts-check
/** The server's API: JSON requests and server-sent events read with fetch. */

const BASE = "/api/v1";

/**
 * @typedef {object} Model
 * @property {string} id
 * @property {string} name
 * @property {string} direction `zh-en` or `en-zh`
 * @property {number} parameters
 * @property {number} hiddenSize
 * @property {number} feedForwardSize
 * @property {number} heads
 * @property {number} encoderLayers
 * @property {number} decoderLayers
 * @property {string} positions
 * @property {string} layerNorm
 * @property {string} activation
 * @property {string} attentionFunction
 * @property {{source: number, target: number}} vocabulary
 * @property {number} maxPositions
 * @property {number} beamSize
 * @property {number} lengthPenalty
 * @property {"encoder-decoder" | "recurrent"} kind
 */

/**
 * @typedef {object} Explanation one sentence, as `translate --explain` prints it
 * @property {string} translation
 * @property {string[]} source tokens, the last one `<eos>`
 * @property {ExplainedToken[]} target the last one `<eos>`
 * @property {number} logProbability
 * @property {number} score
 * @property {AttentionWeights} encoderSelf
 * @property {AttentionWeights} decoderSelf
 * @property {AttentionWeights} cross
 * @property {{sourceWords: string[], targetWords: string[], links: {source: number, target: number}[]}} alignment
 * @property {{nodes: BeamNode[], chosen: number}} beam
 */

/**
 * @typedef {object} ExplainedToken
 * @property {string} token
 * @property {number} logProbability
 * @property {number} entropy nats
 * @property {{token: string, logProbability: number}[]} alternatives
 */

/**
 * @typedef {object} AttentionWeights
 * @property {string[]} queries
 * @property {string[]} keys
 * @property {number[][][][]} weights `[layers][heads][queries][keys]`
 */

/**
 * @typedef {object} BeamNode
 * @property {number} id
 * @property {number} parent -1 for the root
 * @property {string} token
 * @property {number} logProbability
 * @property {number} score
 * @property {string} status
 */

/** An answer that is not a result: a problem that the server reports, or no answer at all. */
export class Problem extends Error {
  /**
   * @param {number} status the HTTP status; 0 without an answer
   * @param {string} title
   * @param {string} detail
   * @param {number} [retryAfter] seconds
   * @param {string[]} [suggestions] what may have been meant
   */
  constructor(status, title, detail, retryAfter, suggestions = []) {
    super(detail || title);
    this.name = "Problem";
    this.status = status;
    this.title = title;
    this.retryAfter = retryAfter;
    this.suggestions = suggestions;
  }
}

/** @param {unknown} error */
export function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

/** @param {Response} response */
async function problemOf(response) {
  let title = response.statusText;
  let detail = "";
  /** @type {string[]} */
  let suggestions = [];
  try {
    const body = await response.json();
    title = String(body.title ?? title);
    detail = String(body.detail ?? "");
    suggestions = Array.isArray(body.suggestions) ? body.suggestions.map(String) : [];
  } catch {
    // not a problem document: the status line has to do
  }
  const wait = Number(response.headers.get("Retry-After"));
  return new Problem(response.status, title || String(response.status), detail, wait > 0 ? wait : undefined, suggestions);
}

/**
 * @param {string} path
 * @param {RequestInit} options
 */
async function answer(path, options) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(BASE + path, options);
  } catch (error) {
    throw isAbort(error) ? error : new Problem(0, "No answer", String(error));
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

/** @param {unknown} body @returns {RequestInit} */
function posting(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/**
 * @param {string} path below `/api/v1`
 * @param {{signal?: AbortSignal}} [options]
 * @returns {Promise<any>}
 */
async function get(path, options = {}) {
  return (await answer(path, options)).json();
}

/**
 * @param {string} path below `/api/v1`
 * @param {unknown} body
 * @param {{signal?: AbortSignal}} [options]
 * @returns {Promise<any>}
 */
async function post(path, body, options = {}) {
  return (await answer(path, { ...posting(body), ...options })).json();
}

/**
 * The events of a stream, until it ends. An event `problem` is thrown as a {@link Problem}.
 *
 * @param {string} path below `/api/v1`
 * @param {{body?: unknown, signal?: AbortSignal}} [options] with a body: POST
 * @returns {AsyncGenerator<{event: string, data: any}, void, void>}
 */
async function* events(path, { body, signal } = {}) {
  const request = body === undefined ? {} : posting(body);
  const headers = { ...request.headers, Accept: "text/event-stream" };
  const response = await answer(path, { ...request, headers, ...(signal && { signal }) });
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      text += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const blocks = text.split(/\r?\n\r?\n/);
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const found = parseEvent(block);
        if (found?.event === "problem") {
          throw new Problem(Number(found.data.status ?? 500), String(found.data.title ?? ""), String(found.data.detail ?? ""));
        }
        if (found) {
          yield found;
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param {string} block */
function parseEvent(block) {
  let event = "message";
  /** @type {string[]} */
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event:")) {
      event = line.slice(6).trim();
    } else if (line.startsWith("data:")) {
      data.push(line.slice(5).replace(/^ /, ""));
    }
  }
  return data.length === 0 ? undefined : { event, data: JSON.parse(data.join("\n")) };
}

export const api = { get, post, events };
