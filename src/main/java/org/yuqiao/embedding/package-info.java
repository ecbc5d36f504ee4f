/** Word2Vec (CBOW, skip-gram), vectors in and out, similarity, analogy, projection. */
package org.yuqiao.embedding;
