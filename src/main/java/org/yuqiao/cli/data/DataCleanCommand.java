package org.yuqiao.cli.data;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.cli.cluster.ClusterEngine;
import org.yuqiao.cli.cluster.EngineOptions;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.corpus.clean.CleanedShards;
import org.yuqiao.corpus.clean.Cleaning;
import org.yuqiao.corpus.clean.CleaningCounts;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.FilePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao data clean}: the pairs that cleaning keeps, in shards. */
@Command(
    name = "clean",
    description = {
      "Writes the pairs that cleaning keeps, normalized, and prints the totals.",
      "The folder holds tab-separated shards, manifest.json, and _SUCCESS, which is written last."
    },
    mixinStandardHelpOptions = true)
final class DataCleanCommand implements Callable<Integer> {
  private static final int MAX_PAIRS = 1_000_000_000;

  @Option(
      names = "--in",
      required = true,
      paramLabel = "CORPUS",
      description = {
        CorporaOptions.FORMATS,
        "Repeatable. With --engine spark: .tsv, .jsonl (also .gz) or a pattern, as"
            + " 'hdfs:///pairs/*.tsv.gz'."
      })
  private List<String> corpora;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "The folder to write, new or empty.")
  private String out;

  @Option(
      names = "--shard-pairs",
      paramLabel = "N",
      description = "The number of pairs read that make a shard (default: ${DEFAULT-VALUE}).")
  private int shardPairs = CleanedShards.PAIRS;

  @Mixin private CorporaOptions options;

  @Mixin private CleaningOptions cleaning;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() {
    CorporaOptions.requireOneStandardInput(corpora, cleaning.heldOut());
    UsageException.refuseIf(
        shardPairs < 1 || shardPairs > MAX_PAIRS,
        "--shard-pairs must be from 1 to " + MAX_PAIRS + ", not " + shardPairs);
    Optional<ClusterEngine> cluster = engine.engine();
    CleaningCounts counts =
        cluster.isPresent()
            ? cluster.get().clean(engine.cluster(), options.job(corpora, cleaning), out, shardPairs)
            : clean();
    System.out.print(counts.totals());
    return 0;
  }

  private CleaningCounts clean() {
    List<CorpusFiles> files = corpora.stream().map(options::corpus).toList();
    try (LineProgress progress = new LineProgress("cleaning", "pairs")) {
      return CleanedShards.write(
          files,
          Cleaning.of(cleaning.settings(), cleaning.heldOut()),
          FilePath.of(out),
          shardPairs,
          progress::add);
    }
  }
}
