/**
 * The records that a corpus consists of: sentence pairs, labeled sentences, and examples as token
 * ids.
 *
 * <p>Start with {@link org.yuqiao.corpus.pair.SentencePair} and {@link
 * org.yuqiao.corpus.pair.Example}.
 */
package org.yuqiao.corpus.pair;
