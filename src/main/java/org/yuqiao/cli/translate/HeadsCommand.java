package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.LineCount;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.decode.heads.HeadSurvey;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.evaluate.alignment.GoldAlignment;
import org.yuqiao.figure.HeadPlot;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.inference.HeadAnalysis;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao heads}: what each attention head does, and what the model is without it. */
@Command(
    name = "heads",
    description = {
      "Shows what each attention head of a translation model does.",
      "--alignments: where it looks, and the alignment error rate of cross-attention.",
      "--prune: BLEU and perplexity of the model without it.",
      "--page: both for several models, as a page."
    },
    mixinStandardHelpOptions = true)
public final class HeadsCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The folder of a run or a model; several with --page.")
  private List<Path> models = new ArrayList<>();

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

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = {
        "Writes tables into this Markdown page, between the lines",
        HeadsPage.BEGIN,
        HeadsPage.END + ",",
        "and a picture and all figures of each model beside it."
      })
  private Optional<Path> page = Optional.empty();

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
    UsageException.refuseIf(
        models.size() > 1 && page.isEmpty(), "several models need --page; give one --model");
    UsageException.refuseIf(
        page.isPresent() && (json || alignments.isEmpty() || prune.isEmpty()),
        "--page needs --alignments and --prune, and prints no JSON");
    if (page.isPresent()) {
      write(page.get(), alignments.get(), prune.get());
    } else {
      try (TranslationModel opened = open(models.get(0))) {
        Optional<HeadSurvey.Result> survey =
            alignments.map(file -> HeadAnalysis.survey(opened, GoldAlignment.read(file)));
        HeadsOutput output = new HeadsOutput(survey, prune.map(corpus -> prune(opened, corpus)));
        System.out.print(json ? output.json() + "\n" : output.text());
      }
    }
    return 0;
  }

  private TranslationModel open(Path folder) {
    return TranslationModel.load(List.of(folder), threads.backend());
  }

  private void write(Path file, Path aligned, String corpus) {
    List<ExaminedModel> examined = new ArrayList<>();
    String before = HeadsPage.read(file);
    List<GoldAlignment> gold = GoldAlignment.read(aligned);
    for (Path folder : models) {
      try (TranslationModel opened = open(folder)) {
        ExaminedModel one = examine(folder, opened, gold, corpus);
        AtomicFile.write(
            file.resolveSibling(one.name() + ".txt"),
            new HeadsOutput(Optional.of(one.survey()), Optional.of(one.pruning())).text());
        HeadPlot.alignments(
                "Alignment error rate of cross-attention, " + one.name(), one.survey().alignments())
            .write(file.resolveSibling(one.name() + ".png"));
        examined.add(one);
      }
    }
    AtomicFile.write(
        file, new HeadsPage(inputs(aligned, gold.size(), corpus), examined).into(before));
  }

  private ExaminedModel examine(
      Path folder, TranslationModel opened, List<GoldAlignment> gold, String corpus) {
    ModelSettings settings = opened.networks().get(0).model().settings();
    return new ExaminedModel(
        folder.toAbsolutePath().normalize().getFileName().toString(),
        String.format(
            Locale.ROOT,
            "%d + %d layers, %d heads, D %d; seed %d",
            settings.encoderLayers(),
            settings.decoderLayers(),
            settings.attention().heads(),
            settings.hiddenSize(),
            opened.settings().train().seed()),
        ModelManifest.Contents.of(new RunFolder(folder).model()).sha256(),
        HeadAnalysis.survey(opened, gold),
        prune(opened, corpus));
  }

  /** The data with their hashes, in a sentence. */
  private String inputs(Path aligned, int pairs, String corpus) {
    return String.format(
        Locale.ROOT,
        "%d pairs of `%s` (SHA-256 `%s`), teacher forcing; translations of `%s` (`%s`), %s.",
        pairs,
        aligned,
        ModelManifest.Contents.of(aligned).sha256(),
        corpus,
        new CorpusFiles(corpus).sha256(),
        beam.map(size -> "beam " + size).orElse("each model's own beam"));
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
