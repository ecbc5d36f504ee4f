/**
 * Commands that run trained models on text: translate, evaluate, score, quantize, generate, tag,
 * classify.
 *
 * <p>Options that several commands share are mix-ins, e.g. {@code DecodingOptions}. Read {@link
 * org.yuqiao.cli.translate.TranslateCommand} first.
 */
package org.yuqiao.cli.translate;
