/**
 * Many sentences at once: sorted into batches and shared among threads, for translating, scoring
 * pairs, labeling and generating. Token ids in, token ids out. Read {@code Translator} first.
 */
package org.yuqiao.decode.batch;
