/**
 * The names of the intermediate variables of a {@link org.yuqiao.model.TeacherForcedGraph}:
 * queries, scores, residuals and so on, found by the parameters that their ops read. Layers know
 * nothing of it. Read {@code StackVariables} first.
 */
package org.yuqiao.model.trace;
