/**
 * Word embeddings (词嵌入): Word2Vec training, file formats, queries, evaluation and plots. Code
 * belongs here if it works on word vectors without a Transformer. Start with {@link
 * org.yuqiao.embedding.vectors.WordVectors}.
 */
package org.yuqiao.embedding;
