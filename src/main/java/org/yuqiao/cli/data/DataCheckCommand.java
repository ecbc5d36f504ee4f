package org.yuqiao.cli.data;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.cli.cluster.ClusterEngine;
import org.yuqiao.cli.cluster.EngineOptions;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.corpus.clean.CorpusCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code yuqiao data check}: the pairs that cleaning drops. */
@Command(
    name = "check",
    description = "Lists each pair that cleaning drops with the reason, then the totals.",
    mixinStandardHelpOptions = true)
final class DataCheckCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "CORPUS", description = CorporaOptions.FORMATS)
  private List<String> corpora;

  @Mixin private CorporaOptions options;

  @Mixin private CleaningOptions cleaning;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() {
    CorporaOptions.requireOneStandardInput(corpora, cleaning.heldOut());
    Optional<ClusterEngine> cluster = engine.engine();
    System.out.print(cluster.isPresent() ? checkOn(cluster.get()) : check());
    return 0;
  }

  private String checkOn(ClusterEngine cluster) {
    return cluster
        .check(engine.cluster(), options.job(corpora, cleaning), System.out::println)
        .totals();
  }

  private String check() {
    try (LineProgress progress = new LineProgress("checking", "pairs")) {
      CorpusCheck check = new CorpusCheck(cleaning.settings(), cleaning.heldOut());
      for (String corpus : corpora) {
        check.run(options.corpus(corpus), System.out::println, progress::add);
      }
      return check.totals();
    }
  }
}
