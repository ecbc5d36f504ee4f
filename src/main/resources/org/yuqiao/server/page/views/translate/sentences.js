// @ts-check
/** The sentences of a translation while it arrives. */

/** @typedef {import("../../parts/tokens.js").Token} Token */

/**
 * @typedef {object} Sentence
 * @property {number} line
 * @property {string} source "" until it is done
 * @property {string} gap white space before it
 * @property {string} text
 * @property {Token[]} tokens
 * @property {string} [note] why it was not translated
 * @property {boolean} done
 */

/**
 * @typedef {object} Arriving
 * @property {string} model
 * @property {number} lines
 * @property {number} expected sentences in all
 * @property {Sentence[]} sentences
 * @property {string | undefined} text the whole, when it is done
 * @property {number | undefined} seconds
 */

/** @returns {Arriving} */
export function nothingYet() {
  return { model: "", lines: 0, expected: 0, sentences: [], text: undefined, seconds: undefined };
}

/**
 * Takes in one event of the stream.
 *
 * @param {Arriving} arriving
 * @param {{event: string, data: any}} message
 */
export function take(arriving, { event, data }) {
  if (event === "start") {
    Object.assign(arriving, { model: data.model, lines: data.lines, expected: data.sentences });
  } else if (event === "token" || event === "sentence") {
    const before = arriving.sentences[data.sentence];
    const done = event === "sentence";
    if (!before?.done) {
      arriving.sentences[data.sentence] = {
        line: data.line,
        source: data.source ?? "",
        gap: data.gap ?? "",
        text: data.text ?? "",
        tokens: data.tokens ?? [],
        note: data.note ?? undefined,
        done,
      };
    }
  } else if (event === "done") {
    arriving.seconds = data.seconds;
    arriving.text = data.text || wholeText(arriving, true);
  }
}

/** The sentences of a line, with their place in the list; none of an empty line. @param {Arriving} arriving @param {number} line */
export function ofLine({ sentences }, line) {
  return [...sentences.entries()].filter(([, sentence]) => sentence?.line === line && !isBlank(sentence));
}

/** Whether it is an empty line. @param {Sentence} sentence */
export function isBlank({ done, source }) {
  return done && !source.trim();
}

/** The white space between a sentence and the one before it. @param {Sentence} sentence @param {boolean} first @param {boolean} spaced */
export function gapBefore({ gap }, first, spaced) {
  return first ? "" : gap && gap !== " " ? gap : spaced ? " " : "";
}

/** The lines joined. @param {Arriving} arriving @param {boolean} spaced whether sentences are parted by a space */
export function wholeText(arriving, spaced) {
  return Array.from({ length: arriving.lines }, (_, line) =>
    ofLine(arriving, line)
      .map(([, sentence], place) => gapBefore(sentence, place === 0, spaced) + sentence.text)
      .join(""),
  ).join("\n");
}

/** exp of the mean negative log-probability; undefined without tokens. @param {Token[]} tokens */
export function perplexity(tokens) {
  const logs = tokens.flatMap(({ probability }) => (probability === undefined ? [] : [Math.log(probability)]));
  return logs.length === 0 ? undefined : Math.exp(-logs.reduce((sum, log) => sum + log, 0) / logs.length);
}
