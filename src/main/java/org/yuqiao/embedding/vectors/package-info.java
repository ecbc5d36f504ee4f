/**
 * Word vectors in memory, their projection to another width, and initialization of embedding
 * matrices. Only types without files and training belong here. Start with {@link
 * org.yuqiao.embedding.vectors.WordVectors}.
 */
package org.yuqiao.embedding.vectors;
