package org.yuqiao.cli.cluster;

import java.nio.file.Path;
import org.yuqiao.settings.ExperimentSettings;

/**
 * A run to train on a cluster.
 *
 * @param settings whose corpora and folders have absolute names
 * @param folder of the run, in a file system that all machines see; a run that it holds is resumed
 */
public record TrainingJob(ExperimentSettings settings, Path folder) {}
