/**
 * Parallel text on DataVec: record readers, a transform process of named steps, checks and
 * statistics, splits, and batches of token ids; labeled text.
 */
package org.yuqiao.corpus;
