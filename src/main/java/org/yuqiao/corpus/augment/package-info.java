/**
 * Data augmentation: variants of training pairs that look like what people paste into a translator.
 * In comes code that makes new pairs of cleaned ones.
 *
 * <p>Start with {@link org.yuqiao.corpus.augment.Augmentation}.
 */
package org.yuqiao.corpus.augment;
