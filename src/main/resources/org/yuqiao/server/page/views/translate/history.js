// @ts-check
/** The translations of this browser tab, the newest first. */

/** @typedef {{text: string, translation: string, model: string, chosen: string}} Entry */

const KEY = "yuqiao.history";
const LENGTH = 30;

/** @returns {Entry[]} */
export function entries() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

/** @param {Entry} entry takes the place of an earlier one that it extends or repeats */
export function remember(entry) {
  const others = entries().filter((other, place) => other.text !== entry.text && !(place === 0 && entry.text.startsWith(other.text)));
  store([entry, ...others].slice(0, LENGTH));
}

export function forget() {
  store([]);
}

/** @param {Entry[]} list */
function store(list) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // full or forbidden: no history
  }
}
