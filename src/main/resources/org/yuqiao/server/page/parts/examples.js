// @ts-check
/** Sentences to begin with, by language. */

/** @type {Record<string, string[]>} */
export const EXAMPLES = {
  zh: ["好久不见。", "他的妻子是一名护士。", "今天天气很好，我们去公园吧。"],
  en: ["Long time no see.", "His wife is a nurse.", "The weather is fine today. Let's go to the park."],
};
