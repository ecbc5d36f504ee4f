package org.yuqiao.inference;

import static org.yuqiao.files.InvalidInputException.require;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yuqiao.decode.logits.PlaceholderTokens;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.evaluate.Degeneration;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * One model, or an ensemble with the same vocabularies, with its text processing. Settings,
 * normalizers and tokenizers are those of the first model.
 */
record LoadedModels(
    ExperimentSettings settings,
    TextNormalizer sourceNormalizer,
    TextNormalizer targetNormalizer,
    Tokenizer source,
    Tokenizer target,
    List<WeightedModel> models) {
  /**
   * Loads the models in {@code folders}.
   *
   * @param targetLanguage of a multilingual model; empty for the one that comes with it
   * @throws InvalidInputException when a folder holds no translation model, its training has not
   *     ended, it is damaged, or its vocabularies differ from those of the first
   */
  static LoadedModels in(List<Path> folders, Optional<String> targetLanguage) {
    List<ModelFolder> all = folders.stream().map(ModelFolder::of).toList();
    RunFolder first = all.get(0).run();
    all.forEach(one -> one.run().loadSettings().requireTranslation(one.run().path()));
    ExperimentSettings settings = first.loadSettings();
    boolean simplify = settings.data().cleaning().simplify();
    Tokenizer read = first.loadTokenizer(settings.source());
    Tokenizer source = targetLanguage.map(read::withTargetLanguage).orElse(read);
    Tokenizer target = first.loadTokenizer(settings.target());
    TextNormalizer sourceNormalizer = normalizer(source, settings.source(), simplify);
    List<WeightedModel> models = new ArrayList<>();
    for (ModelFolder one : all) {
      RunFolder run = one.run();
      ExperimentSettings own = run.loadSettings();
      if (!run.equals(first)
          && (!own.direction().equals(settings.direction())
              || !run.loadTokenizer(own.source()).pieces().equals(source.pieces())
              || !run.loadTokenizer(own.target()).pieces().equals(target.pieces()))) {
        throw new InvalidInputException(
            run.path()
                + " and "
                + first.path()
                + " have different vocabularies; the models of an ensemble need the same");
      }
      EncoderDecoder model = own.translationModel(source.size(), target.size());
      models.add(WeightedModel.of(model, one.open(model)));
    }
    return new LoadedModels(
        settings,
        sourceNormalizer,
        normalizer(target, settings.target(), simplify),
        source,
        target,
        List.copyOf(models));
  }

  private static TextNormalizer normalizer(
      Tokenizer tokenizer, Language language, boolean simplify) {
    return tokenizer.normalizes() ? TextNormalizer.NONE : TextNormalizer.of(language, simplify);
  }

  /** The maximum number of tokens of a source or a translation. */
  int longest() {
    return models.stream().mapToInt(one -> one.model().settings().maxPositions()).min().orElse(0)
        - 1;
  }

  /**
   * The only model.
   *
   * @param participle what is done to its translations, as "explained"
   * @throws InvalidInputException for an ensemble
   */
  WeightedModel single(String participle) {
    require(
        models.size() == 1,
        "translations of an ensemble can't be " + participle + "; give --model once");
    return models.get(0);
  }

  /**
   * Returns {@code tokens}.
   *
   * @param side as "the sentence"
   * @throws InvalidInputException when they are more than the models read
   */
  int[] requireFitting(String side, int[] tokens) {
    require(
        tokens.length <= longest(),
        side + " has " + tokens.length + " tokens, but the model reads " + longest() + " at most");
    return tokens;
  }

  /**
   * The placeholder tokens of a translation.
   *
   * @param required the number of placeholders in its source
   */
  PlaceholderTokens placeholders(int required) {
    return new PlaceholderTokens(target.placeholders(), required);
  }

  /** Whether both vocabularies have placeholders of protected spans. */
  boolean havePlaceholders() {
    return source.placeholders().length > 0 && target.placeholders().length > 0;
  }

  /**
   * Checks that spans can be protected.
   *
   * @throws InvalidInputException when the models have no placeholder tokens
   */
  void requirePlaceholders() {
    require(
        havePlaceholders(),
        "spans can't be protected: the model was trained without placeholder tokens"
            + " (data.protect: true)");
  }

  /** The same text processing around another network. */
  LoadedModels with(WeightedModel model) {
    return new LoadedModels(
        settings, sourceNormalizer, targetNormalizer, source, target, List.of(model));
  }

  /** Whether the translation of a source text is degenerate. */
  boolean isDegenerate(String text, String translation) {
    return Degeneration.isDegenerate(text, translation, settings.target());
  }

  /** The token ids of a source sentence, after normalizing. */
  int[] encodeSource(String sentence) {
    return source.encode(sourceNormalizer.apply(sentence));
  }

  /** The token ids of a target sentence, after normalizing. */
  int[] encodeTarget(String sentence) {
    return target.encode(targetNormalizer.apply(sentence));
  }
}
