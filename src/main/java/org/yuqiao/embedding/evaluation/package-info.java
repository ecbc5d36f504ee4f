/**
 * Intrinsic evaluation of word vectors: analogies, word similarity, neighbor overlap. Test set
 * formats belong here too. Start with {@link org.yuqiao.embedding.evaluation.AnalogyEvaluation}.
 */
package org.yuqiao.embedding.evaluation;
