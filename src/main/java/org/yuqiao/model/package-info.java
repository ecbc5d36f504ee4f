/** Whole models, built as SameDiff graphs from the blocks of {@code graph}. */
package org.yuqiao.model;
