// @ts-check
/** Formulas in plain Unicode, set with subscripts and superscripts. */
import { html } from "lit-html";

/** What begins with _ or ^( is lowered or raised. */
const SCRIPTS = /_([A-Za-z0-9]+)|\^\(([^)]*)\)|\^(-?[A-Za-z0-9α]+)/g;

/** The few words in formulas. @type {[RegExp, string][]} */
const CHINESE = [
  [/\(no padding, no causal mask: −∞ nowhere\)/, "（没有填充，也没有因果掩码：处处没有 −∞）"],
  [/learned vector of position t/, "位置 t 的向量（学得）"],
  [/visible positions/, "可见的位置数"],
  [/ if (.+), else /, "（$1），否则 "],
  [/, else /, "，否则 "],
  [/\bmean\b/g, "均值"],
  [/\bvariance\b/g, "方差"],
  [/\(source\)/, "（源句）"],
  [/columns 2i and 2i\+1 of each head's queries and keys are rotated by/, "每个头的查询和键的第 2i、2i+1 列旋转"],
  [/ of each head, a parameter/, "：每个头的参数"],
  [/ is a parameter/, " 是参数"],
  [/ of layer 1/, "（第 1 层）"],
  [/[;,] added to the embeddings/, "，加到词嵌入上"],
  [/[;,] added to the scores/, "，加到得分上"],
  [/[;,] added to the key/, "，加到键上"],
  [/; distances are clipped to/, "；距离截到"],
];

/** A formula of the server in the reader's language. @param {string} formula @param {string} lang */
export function readableFormula(formula, lang) {
  return lang === "zh" ? CHINESE.reduce((text, [word, chinese]) => text.replace(word, chinese), formula) : formula;
}

/** @param {string} formula */
export function formulaParts(formula) {
  /** @type {{text: string, kind: "plain" | "sub" | "sup"}[]} */
  const parts = [];
  let end = 0;
  for (const match of formula.matchAll(SCRIPTS)) {
    if (match.index > end) {
      parts.push({ text: formula.slice(end, match.index), kind: "plain" });
    }
    parts.push(match[1] !== undefined ? { text: match[1], kind: "sub" } : { text: match[2] ?? match[3] ?? "", kind: "sup" });
    end = match.index + match[0].length;
  }
  if (end < formula.length) {
    parts.push({ text: formula.slice(end), kind: "plain" });
  }
  return parts;
}

/** @param {string} formula */
export function formulaLine(formula) {
  return formulaParts(formula).map(({ text, kind }) => (kind === "sub" ? html`<sub>${text}</sub>` : kind === "sup" ? html`<sup>${text}</sup>` : text));
}
