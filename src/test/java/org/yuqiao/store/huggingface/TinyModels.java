package org.yuqiao.store.huggingface;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.settings.SettingsTree;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.BpeTokenizer;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Language;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.TokenizerLearner;

/** Tiny translators with random weights, always the same, by name. */
final class TinyModels {
  /** The settings that differ from those of all. */
  static final Map<String, String> MODELS =
      Map.of(
          "pre",
          "model: {embeddingScale: sqrt}",
          "post",
          "model: {layerNorm: post, activation: gelu, outputBias: true}",
          "untied",
          "model: {positions: learned, weightTying: none, activation: swish,"
              + " embeddingScale: none, attention: {scale: none, queryKey: shared}}",
          "joint",
          "subwords: {joint: true}\n"
              + "model: {positions: sinusoidal-marian, weightTying: three-way,"
              + " outputBias: true}");

  private static final String ALL =
      """
      direction: zh-en
      model: {hiddenSize: 8, feedForwardSize: 12, encoderLayers: 1, decoderLayers: 2, maxPositions: 24,
              attention: {heads: 2}}
      train: {maxLength: 20}
      """;

  private static final List<String> CHINESE = List.of("我喜欢茶。", "你喜欢北京。", "我在北京 喝茶。");
  private static final List<String> ENGLISH =
      List.of("I like tea.", "you like Beijing.", "I drink tea in Beijing.");

  private TinyModels() {}

  /** Writes the run {@code name} into {@code folder}. */
  static RunFolder write(Path folder, String name) throws IOException {
    return write(folder, name, MODELS.get(name), Segmentation.NONE);
  }

  /** Writes a run with other settings. */
  static RunFolder write(Path folder, String name, String more, Segmentation segmentation)
      throws IOException {
    ExperimentSettings settings =
        SettingsTree.defaults()
            .with(SettingsTree.YAML.readTree(ALL), "test")
            .with(SettingsTree.YAML.readTree(more), "test")
            .check("test");
    RunFolder run = new RunFolder(folder.resolve(name));
    boolean joint = settings.subwords().joint();
    SubwordSettings subwords = new SubwordSettings(300, segmentation, Fallback.CHARACTER, 1);
    Stream<String> all = Stream.concat(CHINESE.stream(), ENGLISH.stream());
    BpeTokenizer english =
        new TokenizerLearner(subwords, true)
            .withPlaceholders()
            .learn(joint ? all : ENGLISH.stream());
    BpeTokenizer chinese =
        joint
            ? english
            : new TokenizerLearner(subwords, false).withPlaceholders().learn(CHINESE.stream());
    run.saveTokenizer(Language.ZH, chinese);
    run.saveTokenizer(Language.EN, english);
    SettingsFile.write(settings, run.settings());
    Random random = new Random(7);
    Map<String, long[]> shapes = settings.translationModel(chinese.size(), english.size()).shapes();
    SafeTensors.write(
        run.model(),
        shapes,
        Map.of(),
        parameter -> FloatBuffer.wrap(random(random, parameter, shapes.get(parameter))));
    return run;
  }

  private static float[] random(Random random, String parameter, long[] shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      float base = parameter.endsWith(".gain") ? 1 : 0;
      values[i] = base + (float) (random.nextGaussian() * 0.5);
    }
    return values;
  }
}
