/**
 * DataVec record readers of corpus formats, and the conversion between them. A new format is one
 * reader and one line in {@code CorpusFiles}.
 *
 * <p>Start with {@link org.yuqiao.corpus.read.CorpusFiles}.
 */
package org.yuqiao.corpus.read;
