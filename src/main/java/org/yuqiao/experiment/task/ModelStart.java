package org.yuqiao.experiment.task;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.TensorFile;
import org.yuqiao.inference.ModelFolder;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Fine-tuning: a translation model begins with all weights and both tokenizers of another one and
 * is trained on other data; some of its parameters may stay as they are.
 */
final class ModelStart {
  /** Settings that may differ: they affect training, not the meaning of the weights. */
  private static final Set<String> FREE = Set.of("model.dropout", "subwords.dropout");

  private final ExperimentSettings settings;

  ModelStart(ExperimentSettings settings) {
    this.settings = settings;
  }

  private Optional<ModelFolder> origin() {
    return settings.start().modelFolder().map(ModelFolder::of);
  }

  /**
   * The tokenizer of {@code language} that belongs to the weights; empty without a model to start
   * from.
   *
   * @throws InvalidInputException when the folder holds no translation model, or one that is built
   *     otherwise than the settings say
   */
  Optional<Tokenizer> tokenizer(Language language) {
    return origin()
        .map(
            origin -> {
              check(origin);
              return origin.run().loadTokenizer(language);
            });
  }

  private void check(ModelFolder origin) {
    ExperimentSettings other = origin.run().loadSettings();
    other.requireTranslation(origin.run().path());
    SettingsFile.firstDifference(settings, other, ModelStart::comesWithTheModel)
        .ifPresent(
            found -> {
              throw new InvalidInputException(
                  "start.model "
                      + settings.start().model()
                      + " has "
                      + found.key()
                      + " "
                      + found.other()
                      + ", but here it is "
                      + found.own()
                      + "; leave it out: it comes with the model");
            });
  }

  private static boolean comesWithTheModel(String key) {
    boolean belongs =
        key.equals("direction") || key.startsWith("model.") || key.startsWith("subwords.");
    return belongs && !FREE.contains(key);
  }

  /** Fills all parameters and reports how many. */
  void fill(EncoderDecoder model, ParameterBuffer parameters, ProgressListener listener) {
    origin()
        .ifPresent(
            origin -> {
              try (TensorFile weights = origin.open(model)) {
                parameters.read(weights);
              }
              listener.say(
                  String.format(
                      Locale.ROOT,
                      "all %,d parameters from %s",
                      parameters.size(),
                      settings.start().model()));
            });
  }

  /**
   * The parameters that a pattern of {@code start.freeze} names.
   *
   * @throws InvalidInputException when a pattern names none
   */
  Set<String> frozen(EncoderDecoder model) {
    Set<String> names = model.shapes().keySet();
    Set<String> frozen = new TreeSet<>();
    for (String pattern : settings.start().freeze()) {
      List<String> matching = names.stream().filter(glob(pattern).asMatchPredicate()).toList();
      InvalidInputException.require(
          !matching.isEmpty(),
          "start.freeze: no parameter is named '"
              + pattern
              + "'; the first parts of their names are "
              + names.stream()
                  .map(name -> name.replaceFirst("\\..*", ""))
                  .distinct()
                  .collect(Collectors.joining(", ")));
      frozen.addAll(matching);
    }
    InvalidInputException.require(
        frozen.size() < names.size(),
        "start.freeze names every parameter: nothing would be trained");
    return frozen;
  }

  /** Whether a name matches a pattern, where a star matches any characters. */
  private static Pattern glob(String pattern) {
    return Pattern.compile(
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
