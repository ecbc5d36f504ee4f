// @ts-check
/** The language of the interface, and texts by key. */

/** @typedef {"en" | "zh"} Language */
/** @typedef {Record<string, string>} Texts */
/** @typedef {{en: Texts, zh: Texts}} Strings */
/** @typedef {(key: string, ...args: (string | number)[]) => string} Translate */

const KEY = "yuqiao.language";

/** @type {Language} */
let current = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {Language} */
export function lang() {
  return current;
}

/** @param {Language} language */
export function setLang(language) {
  current = language;
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // private browsing: the choice holds for this page only
  }
  for (const listener of [...listeners]) {
    listener();
  }
}

/**
 * Calls back after each change of the language.
 *
 * @param {() => void} listener
 * @returns {() => void} ends it
 */
export function onLang(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Texts in the current language; `{0}`, `{1}` stand for the arguments. The first table with a key wins.
 *
 * @param {...Strings} tables
 * @returns {Translate}
 */
export function translator(...tables) {
  return (key, ...args) => {
    const table = tables.find((strings) => key in strings[current]);
    const text = table ? (table[current][key] ?? key) : key;
    return text.replace(/\{(\d)\}/g, (whole, index) => String(args[Number(index)] ?? whole));
  };
}

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * A number as the reader of the current language writes it.
 *
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export function number(value, options = {}) {
  const key = current + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(current === "zh" ? "zh-CN" : "en", options);
    formats.set(key, format);
  }
  return format.format(value);
}

/** A share as per cent. @param {number} share @param {number} [digits] */
export function percent(share, digits = 0) {
  if (share > 0 && share < 0.5 * 10 ** (-digits - 2)) {
    return `< ${number(10 ** (-digits - 2), { style: "percent", maximumFractionDigits: digits })}`;
  }
  return number(share, { style: "percent", maximumFractionDigits: digits });
}
