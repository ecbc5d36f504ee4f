// @ts-check
/** Light or dark: by the system's setting unless the reader chose. */

/** @typedef {"auto" | "light" | "dark"} Theme */

const KEY = "yuqiao.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
/** @type {Set<() => void>} */
const listeners = new Set();

system.addEventListener("change", tellListeners);

function tellListeners() {
  for (const listener of [...listeners]) {
    listener();
  }
}

/** @returns {Theme} */
export function theme() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}

/** @param {Theme} chosen */
export function setTheme(chosen) {
  if (chosen === "auto") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = chosen;
  }
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // private browsing: the choice holds for this page only
  }
  tellListeners();
}

export function isDark() {
  return theme() === "dark" || (theme() === "auto" && system.matches);
}

/**
 * Calls back when the page turns dark or light, for what is drawn on a canvas.
 *
 * @param {() => void} listener
 * @returns {() => void} ends it
 */
export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * A color of `style.css` as the canvas understands it.
 *
 * @param {string} property such as `--ink`
 */
export function cssColor(property) {
  const probe = document.createElement("span");
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
