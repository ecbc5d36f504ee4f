/**
 * Translation models as CTranslate2 loads them: {@code model.bin}, configuration and vocabularies.
 * In comes code that knows names and bytes of that format; what the network computes is in {@code
 * model}.
 *
 * <p>Read {@code CTranslate2Export} first.
 */
package org.yuqiao.store.ctranslate2;
