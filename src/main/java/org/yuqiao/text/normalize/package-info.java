/**
 * Text normalization before tokenization, the same for training text and for input to translate.
 * Only idempotent steps on single sentences belong here.
 *
 * <p>Read {@link org.yuqiao.text.normalize.TextNormalizer} first.
 */
package org.yuqiao.text.normalize;
