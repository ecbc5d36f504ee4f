/**
 * Parallel text on DataVec: record readers, a transform process of named steps, checks and
 * statistics, splits, and batches of token ids; labelled text.
 */
package org.yuqiao.corpus;
