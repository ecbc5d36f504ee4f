/**
 * Cleaning of sentence pairs: a DataVec transform process of named steps, its filters, and the
 * counts of what they drop. In comes what decides whether and how a pair is used, by its text
 * alone.
 *
 * <p>Start with {@link org.yuqiao.corpus.clean.Cleaning}.
 */
package org.yuqiao.corpus.clean;
