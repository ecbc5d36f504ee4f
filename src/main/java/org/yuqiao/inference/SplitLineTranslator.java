package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.TranslationModel.Line;
import org.yuqiao.inference.TranslationModel.Translation;

/**
 * Translates lines: their sentences become requests, whose translations are joined to lines again.
 */
final class SplitLineTranslator {
  private final LoadedModels models;
  private final LinePieces pieces;
  private final SentenceTranslator translator;

  SplitLineTranslator(LoadedModels models, LinePieces pieces, SentenceTranslator translator) {
    this.models = models;
    this.pieces = pieces;
    this.translator = translator;
  }

  /** The translations that {@code strategy} finds for each line, the best first. */
  List<List<Translation>> translate(
      List<Line> lines, Strategy strategy, LineSplitting splitting, LongConsumer progress) {
    List<SplitLine> split = lines.stream().map(line -> split(line, splitting)).toList();
    List<SentenceRequest> requests = new ArrayList<>();
    for (int i = 0; i < split.size(); i++) {
      String prefix = lines.get(i).prefix();
      for (SplitLine.Sentence sentence : split.get(i).sentences()) {
        requests.add(request(sentence, prefix));
        prefix = "";
      }
    }
    List<List<Translation>> found = translator.translate(requests, strategy, progress);
    List<List<Translation>> result = new ArrayList<>();
    int from = 0;
    for (SplitLine line : split) {
      int to = from + line.sentences().size();
      result.add(joined(line, found.subList(from, to)));
      from = to;
    }
    return result;
  }

  /**
   * Cuts a line that may have protected spans into sentences.
   *
   * @throws InvalidInputException for protected spans, when the model has no placeholders
   */
  SplitLine split(Line line, LineSplitting splitting) {
    return line.protect()
        ? pieces.cutProtected(line.source(), splitting)
        : pieces.cut(line.source(), splitting);
  }

  /** Where the translation has a given beginning, all spans are protected. */
  private SentenceRequest request(SplitLine.Sentence sentence, String prefix) {
    SplitLine.Sentence read = prefix.isEmpty() ? sentence : sentence.withAllProtected();
    return new SentenceRequest(read, encodePrefix(prefix, read), Optional.empty());
  }

  private int[] encodePrefix(String prefix, SplitLine.Sentence sentence) {
    return prefix.isEmpty()
        ? new int[0]
        : models
            .target()
            .encode(sentence.withPlaceholders(models.targetNormalizer().apply(prefix)));
  }

  /** The n-th translation of a line joins the n-th one of each sentence; scores are summed. */
  List<Translation> joined(SplitLine line, List<List<Translation>> sentences) {
    int count = sentences.stream().mapToInt(List::size).max().orElse(1);
    List<Translation> result = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      List<String> parts = new ArrayList<>();
      OptionalDouble score = OptionalDouble.of(0);
      for (List<Translation> best : sentences) {
        Translation one = best.get(Math.min(n, best.size() - 1));
        parts.add(one.text());
        score =
            score.isPresent() && one.score().isPresent()
                ? OptionalDouble.of(score.getAsDouble() + one.score().getAsDouble())
                : OptionalDouble.empty();
      }
      result.add(new Translation(pieces.joined(parts, line.gaps()), score));
    }
    return result;
  }
}
