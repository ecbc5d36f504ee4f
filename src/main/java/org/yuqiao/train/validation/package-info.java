/**
 * What is measured on held-out data during a training: loss, translations, labels.
 *
 * <p>Each class implements {@link org.yuqiao.train.Validator}, which the trainer calls; {@code
 * train} knows nothing of this package. Read {@link
 * org.yuqiao.train.validation.TranslationValidator} first.
 */
package org.yuqiao.train.validation;
