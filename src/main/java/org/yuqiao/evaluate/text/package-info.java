/**
 * Tokenizers and edit distance of the translation metrics, equal to sacreBLEU and Tercom. Only text
 * processing that a metric needs belongs here. Start with {@link
 * org.yuqiao.evaluate.text.BleuTokenizer}.
 */
package org.yuqiao.evaluate.text;
