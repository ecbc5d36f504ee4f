/**
 * Training tasks: translation, language modeling, masked language modeling, tagging,
 * classification. A task provides the model, the examples, the validator and the test of a run.
 *
 * <p>Start with {@link org.yuqiao.experiment.task.Task}.
 */
package org.yuqiao.experiment.task;
