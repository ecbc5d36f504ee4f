package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.evaluate.PairedBootstrap;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;
import org.yuqiao.text.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao score}: scores the translations of any system. */
@Command(
    name = "score",
    description = "Scores translations against references, with the figures of sacreBLEU.",
    mixinStandardHelpOptions = true)
public final class ScoreCommand implements Callable<Integer> {
  private static final int SAMPLES = 1000;

  @Option(
      names = "--hyp",
      required = true,
      paramLabel = "FILE",
      description = "The translations, one per line.")
  private Path hypotheses;

  @Option(
      names = "--ref",
      required = true,
      paramLabel = "FILE",
      description = "The references, one per line; repeatable.")
  private List<Path> references;

  @Option(
      names = "--lang",
      required = true,
      paramLabel = "en|zh",
      description = "The target language.")
  private String language;

  @Option(
      names = "--metrics",
      paramLabel = "LIST",
      defaultValue = "bleu,chrf,ter",
      description = "Comma-separated: bleu, chrf, chrf++, ter (default: ${DEFAULT-VALUE}).")
  private String metrics;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "Translations of a second system: paired bootstrap test of the difference.")
  private Optional<Path> other = Optional.empty();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    List<String> translations = lines(hypotheses);
    List<List<String>> expected = references.stream().map(ScoreCommand::lines).toList();
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i).size() != translations.size()) {
        throw new InvalidInputException(
            hypotheses
                + " has "
                + translations.size()
                + " lines, but "
                + references.get(i)
                + " has "
                + expected.get(i).size());
      }
    }
    List<Metric> chosen = Metric.of(metrics, Language.of(language));
    Map<String, Double> scores = new LinkedHashMap<>();
    Map<String, String> signatures = new LinkedHashMap<>();
    for (Metric metric : chosen) {
      scores.put(metric.name(), metric.corpus(translations, expected));
      signatures.put(metric.name(), metric.signature(expected.size()));
    }
    ScoreOutput output = new ScoreOutput(scores, signatures, translations.size());
    System.out.print(json ? output.json(Optional.empty()) + "\n" : output.text());
    if (!json) {
      other.ifPresent(file -> compare(chosen, translations, lines(file), expected));
    }
    return 0;
  }

  private static List<String> lines(Path file) {
    List<String> result = new ArrayList<>();
    try (Utf8Lines lines = Utf8Lines.open(file)) {
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        result.add(line.get());
        line = lines.next();
      }
    }
    return result;
  }

  private static void compare(
      List<Metric> metrics, List<String> first, List<String> second, List<List<String>> expected) {
    for (Metric metric : metrics) {
      PairedBootstrap.Result result =
          new PairedBootstrap(metric, SAMPLES, 12345)
              .compare(metric.allCounts(first, expected), metric.allCounts(second, expected));
      System.out.printf(
          Locale.ROOT,
          "%-6s %.2f +- %.2f vs. %.2f +- %.2f, p = %.3f%n",
          metric.name(),
          result.first(),
          result.firstInterval(),
          result.second(),
          result.secondInterval(),
          result.pValue());
    }
  }
}
