// @ts-check
export default { en: {}, zh: {} };
