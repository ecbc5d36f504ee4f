package org.yuqiao.experiment.task;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
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
 * is trained on other data; some of its parameters may stay as they are, and it may have more
 * layers.
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
   * The tokenizer of {@code language} that belongs to the weights, with placeholders if
   * data.protect asks for them; empty without a model to start from.
   *
   * @throws InvalidInputException when the folder holds no translation model, or one that is built
   *     otherwise than the settings say
   */
  Optional<Tokenizer> tokenizer(Language language) {
    return origin()
        .map(
            origin -> {
              check(origin);
              Tokenizer tokenizer = origin.run().loadTokenizer(language);
              return settings.data().protect() ? tokenizer.withPlaceholders() : tokenizer;
            });
  }

  private void check(ModelFolder origin) {
    ExperimentSettings other = origin.run().loadSettings();
    other.requireTranslation(origin.run().path());
    AddedLayers added = added(other);
    SettingsFile.firstDifference(
            settings,
            other,
            key -> comesWithTheModel(key) && !AddedLayers.grows(key, added.own(), added.origin()))
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
    added.check(settings.start().model());
  }

  private AddedLayers added(ExperimentSettings other) {
    return new AddedLayers(settings.model(), other.model());
  }

  private static boolean comesWithTheModel(String key) {
    boolean belongs =
        key.equals("direction") || key.startsWith("model.") || key.startsWith("subwords.");
    return belongs && !FREE.contains(key);
  }

  /** Fills all parameters, but those of new placeholders and layers, and reports how many. */
  void fill(ParameterBuffer parameters, ProgressListener listener) {
    origin()
        .ifPresent(
            origin -> {
              ExperimentSettings other = origin.run().loadSettings();
              EncoderDecoder model =
                  other.translationModel(
                      origin.run().loadTokenizer(other.source()).size(),
                      origin.run().loadTokenizer(other.target()).size());
              long filled;
              try (TensorFile weights = origin.open(model)) {
                filled = read(parameters, weights, model.shapes());
              }
              added(other).fill(parameters);
              listener.say(
                  String.format(
                      Locale.ROOT,
                      "%s parameters from %s",
                      filled == parameters.size()
                          ? String.format(Locale.ROOT, "all %,d", filled)
                          : String.format(Locale.ROOT, "%,d of %,d", filled, parameters.size()),
                      settings.start().model()));
            });
  }

  /**
   * Reads tensors; a vocabulary, the rows of a tensor, may have grown at its end.
   *
   * @return how many parameters were read
   */
  private static long read(
      ParameterBuffer parameters, TensorFile weights, Map<String, long[]> shapes) {
    long filled = 0;
    for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
      String name = tensor.getKey();
      long[] shape = tensor.getValue();
      long[] own = parameters.shape(name);
      InvalidInputException.require(
          own.length == shape.length && Arrays.equals(tail(own), tail(shape)) && own[0] >= shape[0],
          String.format(
              "start.model: data.protect cannot extend %s from %s to %s",
              name, Arrays.toString(shape), Arrays.toString(own)));
      INDArray values = Nd4j.createFromArray(weights.floats(name)).reshape(shape);
      parameters.view(name).get(NDArrayIndex.interval(0, shape[0])).assign(values);
      filled += values.length();
    }
    return filled;
  }

  private static long[] tail(long[] shape) {
    return Arrays.copyOfRange(shape, 1, shape.length);
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
