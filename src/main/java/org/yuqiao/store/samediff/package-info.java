/**
 * Translation models as SameDiff FlatBuffers of ND4J's own ops, for projects that have ND4J alone.
 * In comes code that says how ND4J 1.0.0-M2.1 computes an operation correctly.
 *
 * <p>Read {@code SameDiffGraph} first.
 */
package org.yuqiao.store.samediff;
