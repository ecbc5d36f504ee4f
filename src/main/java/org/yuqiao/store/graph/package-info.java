/**
 * Translation models as graphs of common operations, for formats that know no op of this project.
 * In comes code that says how an op of {@code backend.op} is composed; how a format writes an
 * operation is in its own package.
 *
 * <p>Read {@code TranslatorGraphs} first, then {@code GraphBuilder}.
 */
package org.yuqiao.store.graph;
