/**
 * Word2Vec training with CBOW and skip-gram, negative sampling and hierarchical softmax. Only the
 * trainer and its text sources belong here. Start with {@link
 * org.yuqiao.embedding.word2vec.Word2Vec}.
 */
package org.yuqiao.embedding.word2vec;
