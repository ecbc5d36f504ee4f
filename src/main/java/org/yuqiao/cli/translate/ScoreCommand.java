package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
    List<List<String>> expected =
        references.stream().map(file -> lines(file, translations.size())).toList();
    List<Metric> chosen = Metric.of(metrics, Language.of(language));
    Map<String, Double> scores = new LinkedHashMap<>();
    Map<String, String> signatures = new LinkedHashMap<>();
    for (Metric metric : chosen) {
      scores.put(metric.name(), metric.corpus(translations, expected));
      signatures.put(metric.name(), metric.signature(expected.size()));
    }
    ScoreOutput output = new ScoreOutput(scores, signatures, translations.size());
    Map<String, PairedBootstrap.Result> tests =
        other
            .map(file -> compare(chosen, translations, lines(file, translations.size()), expected))
            .orElse(Map.of());
    System.out.print(
        json
            ? output.json(Optional.empty(), OptionalLong.empty(), tests) + "\n"
            : output.text() + text(tests));
    return 0;
  }

  /** The lines of a file, as many as there are translations. */
  private List<String> lines(Path file, int count) {
    List<String> lines = lines(file);
    if (lines.size() != count) {
      throw new InvalidInputException(
          hypotheses + " has " + count + " lines, but " + file + " has " + lines.size());
    }
    return lines;
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

  /** A paired bootstrap test of each metric. */
  private static Map<String, PairedBootstrap.Result> compare(
      List<Metric> metrics, List<String> first, List<String> second, List<List<String>> expected) {
    Map<String, PairedBootstrap.Result> tests = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      tests.put(
          metric.name(),
          new PairedBootstrap(metric, SAMPLES, 12345)
              .compare(metric.allCounts(first, expected), metric.allCounts(second, expected)));
    }
    return tests;
  }

  private static String text(Map<String, PairedBootstrap.Result> tests) {
    StringBuilder text = new StringBuilder();
    tests.forEach(
        (metric, test) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-6s %.2f +- %.2f vs. %.2f +- %.2f, p = %.3f%n",
                    metric,
                    test.first(),
                    test.firstInterval(),
                    test.second(),
                    test.secondInterval(),
                    test.pValue())));
    return text.toString();
  }
}
