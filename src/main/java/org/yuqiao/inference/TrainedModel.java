package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.explain.UnknownReplacement;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.BatchLimits;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.SentenceBorders;
import org.yuqiao.text.Tokenizer;

/**
 * A run's model, ready to translate text: normalizer, tokenizers, weights. Lines longer than most
 * that the model was trained on are translated sentence by sentence and joined with the spacing
 * they had.
 */
public final class TrainedModel implements AutoCloseable {
  private final LoadedModels models;
  private final LinePieces pieces;
  private final Translator translator;
  private final Backend backend;

  /** Made when a translation has the first unknown token, which is rare. */
  private Optional<UnknownReplacement> replacement = Optional.empty();

  /**
   * A translation as text.
   *
   * @param text the sentence, on one line
   * @param score what it was ranked by: log-probability over length penalty; NaN where the strategy
   *     asks for words only
   */
  public record Translation(String text, double score) {}

  /**
   * Loads the model of a run, to find the best translation only.
   *
   * @throws org.yuqiao.files.InvalidInputException when the folder is no run, or its training has
   *     not ended
   */
  public TrainedModel(RunFolder run, DecodingSettings decoding, Backend backend) {
    this(LoadedModels.of(List.of(run)), backend, Strategy.of(decoding), BatchLimits.DEFAULT);
  }

  /** Translates with {@code models} as {@code strategy} says. */
  public TrainedModel(LoadedModels models, Backend backend, Strategy strategy, BatchLimits limits) {
    this.models = models;
    this.backend = backend;
    this.translator = new Translator(models.models(), backend, strategy, limits);
    this.pieces = new LinePieces(models, translator.longestSource());
  }

  /** The settings it was trained with. */
  public ExperimentSettings settings() {
    return models.settings();
  }

  /** The best translations of each line, the best first, in the order of the lines. */
  public List<List<Translation>> translate(List<String> lines, LongConsumer progress) {
    return translate(lines, lines.stream().map(line -> "").toList(), progress);
  }

  /**
   * The same, with the beginning of each translation given.
   *
   * @param prefixes one for each line, or empty
   */
  public List<List<Translation>> translate(
      List<String> lines, List<String> prefixes, LongConsumer progress) {
    List<SentenceBorders.Cut> cuts = new ArrayList<>();
    List<Translator.Request> requests = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      SentenceBorders.Cut cut = pieces.of(lines.get(i));
      cuts.add(cut);
      String prefix = prefixes.get(i);
      for (String piece : cut.pieces()) {
        requests.add(new Translator.Request(models.encodeSource(piece), encodePrefix(prefix)));
        prefix = "";
      }
    }
    List<List<Hypothesis>> found = translator.find(requests, progress);
    List<List<Translation>> result = new ArrayList<>();
    int from = 0;
    for (SentenceBorders.Cut cut : cuts) {
      int to = from + cut.pieces().size();
      result.add(joined(cut, requests.subList(from, to), found.subList(from, to)));
      from = to;
    }
    return result;
  }

  private int[] encodePrefix(String prefix) {
    return prefix.isEmpty() ? new int[0] : models.encodeTarget(prefix);
  }

  /** The n-th translation of a line that was cut is made of the n-th of each piece. */
  private List<Translation> joined(
      SentenceBorders.Cut cut, List<Translator.Request> requests, List<List<Hypothesis>> found) {
    int count = found.stream().mapToInt(List::size).max().orElse(1);
    List<Translation> result = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      List<String> parts = new ArrayList<>();
      double score = 0;
      for (int i = 0; i < found.size(); i++) {
        Hypothesis hypothesis = found.get(i).get(Math.min(n, found.get(i).size() - 1));
        parts.add(text(cut.pieces().get(i), requests.get(i).source(), hypothesis.tokens()));
        score += hypothesis.score();
      }
      result.add(new Translation(pieces.joined(parts, cut.gaps()), score));
    }
    return result;
  }

  private String text(String piece, int[] source, int[] tokens) {
    if (Arrays.stream(tokens).noneMatch(token -> token == Tokenizer.UNK)) {
      return models.target().decode(tokens);
    }
    if (replacement.isEmpty()) {
      replacement =
          Optional.of(
              new UnknownReplacement(
                  models.models().get(0), models.source(), models.target(), backend));
    }
    return replacement.get().text(models.sourceNormalizer().apply(piece), source, tokens);
  }

  @Override
  public void close() {
    replacement.ifPresent(UnknownReplacement::close);
    translator.close();
  }
}
