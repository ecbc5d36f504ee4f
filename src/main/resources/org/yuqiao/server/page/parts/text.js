// @ts-check
/** Tokens as a reader sees them, and which language a text is in. */

/** The mark of a space before a subword. */
const SPACE_MARK = "\u2581";
const HAN = /\p{Script=Han}/u;
const LETTER = /[\p{L}\p{N}]/u;

/** @param {string} token */
export function isSpecial(token) {
  return /^<[^<>]+>$/.test(token);
}

/** A token without its space mark. @param {string} token */
export function bare(token) {
  return token.startsWith(SPACE_MARK) ? token.slice(1) : token;
}

/** Whether a space stands before the token. @param {string} token */
export function startsWord(token) {
  return token.startsWith(SPACE_MARK);
}

/**
 * Whether the token continues a word of letters that the token before it began.
 *
 * @param {readonly string[]} tokens
 * @param {number} index
 */
export function continuesWord(tokens, index) {
  const token = tokens[index] ?? "";
  const before = tokens[index - 1];
  if (before === undefined || startsWord(token) || isSpecial(token) || isSpecial(before)) {
    return false;
  }
  const last = before.at(-1) ?? "";
  const first = token.at(0) ?? "";
  return LETTER.test(first) && LETTER.test(last) && !HAN.test(first) && !HAN.test(last);
}

/**
 * Labels of single tokens for axes and lists: a subword that continues a word begins with a hyphen.
 *
 * @param {readonly string[]} tokens
 */
export function labels(tokens) {
  return tokens.map((token, index) => (continuesWord(tokens, index) ? `-${token}` : bare(token) || "␣"));
}

/** The label of a token by itself. @param {string} token */
export function labelOf(token) {
  return labels([token])[0] ?? token;
}

/** Tokens joined to a text, special ones left out. @param {readonly string[]} tokens */
export function joined(tokens) {
  return tokens
    .filter((token) => !isSpecial(token))
    .join("")
    .replaceAll(SPACE_MARK, " ")
    .trim();
}

/** @param {string} text @returns {"zh" | "en"} */
export function scriptOf(text) {
  return HAN.test(text) ? "zh" : "en";
}

/** The source and target language of a direction such as `zh-en`. @param {string} direction */
export function languages(direction) {
  const [source = "", target = ""] = direction.split("-");
  return { source, target };
}

/** The `lang` attribute of a language. @param {string} language */
export function htmlLang(language) {
  return language === "zh" ? "zh-Hans" : language;
}
