package org.yuqiao.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;
import org.yuqiao.train.Checkpoints;

/**
 * A tiny untrained model. Translating with it loads all classes of translation, which the JVM then
 * archives (class data sharing) to start faster.
 */
public final class CdsWarmUp {
  private static final List<String> SIZES =
      List.of(
          "model.hiddenSize=16",
          "model.feedForwardSize=32",
          "model.attention.heads=2",
          "model.encoderLayers=1",
          "model.decoderLayers=1",
          "subwords.vocabularySize=400");

  private CdsWarmUp() {}

  /** Writes the model into {@code folder}. */
  public static RunFolder write(Path folder) {
    RunFolder run = new RunFolder(folder);
    Path empty = folder.resolve("defaults.yaml");
    AtomicFile.write(empty, out -> out.write("{}".getBytes(StandardCharsets.UTF_8)));
    ExperimentSettings settings = SettingsFile.read(empty, SIZES);
    Map<Language, Integer> sizes = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      TokenizerLearner learner =
          new TokenizerLearner(settings.subwords().settings(), language == Language.EN);
      Tokenizer tokenizer = learner.learn(Stream.of("你好，世界。", "Hello, world."));
      run.saveTokenizer(language, tokenizer);
      sizes.put(language, tokenizer.size());
    }
    EncoderDecoder model =
        settings.translationModel(sizes.get(settings.source()), sizes.get(settings.target()));
    Checkpoints.saveWeights(model.initialize(1), run.model());
    SettingsFile.write(settings, run.settings());
    return run;
  }
}
