// @ts-check
/**
 * Answers of this visit by what was asked, so that Back is at once; the ones used last are kept.
 *
 * @template Answer
 * @param {number} most
 */
export function keptAnswers(most) {
  /** @type {Map<string, Answer>} */
  const kept = new Map();
  return {
    /**
     * The kept answer, or the one that `ask` gets.
     *
     * @param {unknown} question
     * @param {() => Promise<Answer>} ask
     * @returns {Promise<Answer>}
     */
    async get(question, ask) {
      const key = JSON.stringify(question);
      const answer = kept.get(key) ?? (await ask());
      kept.delete(key);
      kept.set(key, answer);
      if (kept.size > most) {
        kept.delete(kept.keys().next().value ?? "");
      }
      return answer;
    },
  };
}
