// @ts-check
import { labels } from "../../parts/text.js";

/** A token as a reader sees it after the one before it: `-ing` continues a word. @param {string} before @param {string} token */
export function tokenAfter(before, token) {
  return labels([before, token])[1] ?? token;
}
