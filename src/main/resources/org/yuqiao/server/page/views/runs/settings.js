// @ts-check
/**
 * The settings of one or more runs as the rows of a table.
 */

/**
 * @typedef {object} SettingRow
 * @property {string} key
 * @property {string[]} values one per run; empty where the run keeps the default
 * @property {boolean} differs
 */

/**
 * @param {Record<string, unknown>[]} runs the settings of each run that differ from the defaults
 * @returns {SettingRow[]} sorted by key
 */
export function settingRows(runs) {
  const keys = [...new Set(runs.flatMap((settings) => Object.keys(settings)))].sort();
  return keys.map((key) => {
    const values = runs.map((settings) => (key in settings ? shown(settings[key]) : ""));
    return { key, values, differs: values.some((value) => value !== values[0]) };
  });
}

/** @param {unknown} value @returns {string} */
function shown(value) {
  if (Array.isArray(value)) {
    return value.map(shown).join(", ");
  }
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
