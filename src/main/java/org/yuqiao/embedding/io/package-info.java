/**
 * File formats of word vectors: word2vec text and binary, TensorBoard projector. Only parsers and
 * writers belong here. Start with {@link org.yuqiao.embedding.io.WordVectorFile}.
 */
package org.yuqiao.embedding.io;
