package org.yuqiao.cli.cluster;

import java.util.List;
import java.util.Optional;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.corpus.read.TextColumns;

/**
 * Corpora to clean on a cluster.
 *
 * @param corpora their names, which may be patterns of a file system that all machines see
 * @param columns of the texts; empty to find them
 * @param settings of cleaning
 * @param heldOut corpora on this machine whose sentences must not occur
 */
public record CleaningJob(
    List<String> corpora,
    Optional<TextColumns> columns,
    CorpusSettings settings,
    List<String> heldOut) {}
