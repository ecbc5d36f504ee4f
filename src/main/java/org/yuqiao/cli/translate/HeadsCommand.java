package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.LineCount;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.decode.heads.HeadSurvey;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.evaluate.alignment.GoldAlignment;
import org.yuqiao.inference.HeadAnalysis;
import org.yuqiao.inference.TranslationModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao heads}: what each attention head does, and what the model is without it. */
@Command(
    name = "heads",
    description = {
      "Shows what each attention head of a translation model does.",
      "--alignments: where it looks, and the alignment error rate of cross-attention.",
      "--prune: BLEU and perplexity of the model without it."
    },
    mixinStandardHelpOptions = true)
public final class HeadsCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The folder of a run or a model.")
  private Path model;

  @Option(
      names = "--alignments",
      paramLabel = "FILE",
      description = {
        "Sentence pairs whose words were aligned by hand, as data/test-alignments.tsv:",
        "Chinese words, tab, English words, tab, links as 0-0 (sure) 1p2 (possible)."
      })
  private Optional<Path> alignments = Optional.empty();

  @Option(
      names = "--prune",
      paramLabel = "CORPUS",
      description = "Translates this test corpus without each head in turn.")
  private Optional<String> prune = Optional.empty();

  @Option(
      names = "--beam",
      paramLabel = "N",
      description = "Beam size of --prune (default: decode.beamSize of the run).")
  private Optional<Integer> beam = Optional.empty();

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    threads.count();
    UsageException.refuseIf(
        alignments.isEmpty() && prune.isEmpty(), "give --alignments, --prune or both");
    UsageException.refuseIf(
        beam.isPresent() && prune.isEmpty(), "--beam has no effect without --prune");
    try (TranslationModel opened = TranslationModel.load(List.of(model), threads.backend())) {
      Optional<HeadSurvey.Result> survey =
          alignments.map(file -> HeadAnalysis.survey(opened, GoldAlignment.read(file)));
      Optional<HeadAnalysis.Pruning> pruning = prune.map(corpus -> prune(opened, corpus));
      HeadsOutput output = new HeadsOutput(survey, pruning);
      System.out.print(json ? output.json() + "\n" : output.text());
    }
    return 0;
  }

  private HeadAnalysis.Pruning prune(TranslationModel opened, String corpus) {
    OptionalLong lines = LineCount.ofCorpus(corpus);
    OptionalLong total =
        lines.isEmpty()
            ? lines
            : OptionalLong.of(lines.getAsLong() * (1 + HeadAnalysis.heads(opened).size()));
    DecodingSettings run = opened.settings().decode();
    DecodingSettings decoding = run.toBuilder().beamSize(beam.orElse(run.beamSize())).build();
    try (LineProgress progress = new LineProgress("translating", "sentences", total)) {
      return HeadAnalysis.prune(opened, decoding, corpus, progress::add);
    }
  }
}
