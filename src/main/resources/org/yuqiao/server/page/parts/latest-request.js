// @ts-check
/**
 * Requests of which only the newest counts: each aborts the one before it.
 *
 * @returns {{next(): AbortSignal, stop(): void}}
 */
export function latestRequest() {
  /** @type {AbortController | undefined} */
  let current;
  return {
    next() {
      current?.abort();
      current = new AbortController();
      return current.signal;
    },
    stop() {
      current?.abort();
    },
  };
}
