package org.yuqiao.cli.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * Lines to translate on a cluster.
 *
 * @param arguments of the command {@code translate}, by which every executor translates
 * @param models their folders on this machine
 * @param inputs text files or patterns of a file system that all machines see
 * @param linesPerShard the number of lines that a task translates
 */
public record TranslationJob(
    List<String> arguments, List<Path> models, List<String> inputs, int linesPerShard) {}
