/**
 * What a model is trained for: a task provides the model, the examples, the validator and the test
 * of a run.
 *
 * <p>Start with {@link org.yuqiao.experiment.task.Task}.
 */
package org.yuqiao.experiment.task;
