/**
 * Runs experiments: from a YAML file to a run folder with tokenizers, metrics, checkpoints, model
 * and report. Only code that conducts whole runs belongs here; training steps are in {@code train},
 * files in {@code store}.
 *
 * <p>Read {@link org.yuqiao.experiment.Experiment} first.
 */
package org.yuqiao.experiment;
