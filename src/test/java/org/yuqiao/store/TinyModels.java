package org.yuqiao.store;

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
import org.yuqiao.text.BpeTokenizer;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Language;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.TokenizerLearner;

/** Tiny translators with random weights, always the same. */
public final class TinyModels {
  /** The settings that differ from those of all, by name. */
  private static final Map<String, String> MODELS =
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
              attention: {heads: 2}, relative: {clippingDistance: 2, buckets: 8, maxDistance: 6}}
      train: {maxLength: 20}
      """;

  private static final List<String> CHINESE = List.of("我喜欢茶。", "你喜欢北京。", "我在北京 喝茶。");
  private static final List<String> ENGLISH =
      List.of("I like tea.", "you like Beijing.", "I drink tea in Beijing.");

  private TinyModels() {}

  /** Writes the run {@code name} into {@code folder}. */
  public static RunFolder write(Path folder, String name) throws IOException {
    return write(folder, name, MODELS.get(name), Segmentation.NONE);
  }

  /** Writes a run with other settings. */
  public static RunFolder write(Path folder, String name, String more, Segmentation segmentation)
      throws IOException {
    RunFolder run = new RunFolder(folder.resolve(name));
    ExperimentSettings settings = writeSettings(run, more);
    learnTokenizers(run, settings.subwords().joint(), segmentation);
    writeWeights(run, settings);
    return run;
  }

  /** Writes a run with the tokenizers of {@code model}. */
  public static RunFolder write(Path folder, String name, String more, RunFolder model)
      throws IOException {
    RunFolder run = new RunFolder(folder.resolve(name));
    ExperimentSettings settings = writeSettings(run, more);
    for (Language language : Language.values()) {
      run.saveTokenizer(language, model.loadTokenizer(language));
    }
    writeWeights(run, settings);
    return run;
  }

  private static ExperimentSettings writeSettings(RunFolder run, String more) throws IOException {
    ExperimentSettings settings =
        SettingsTree.defaults()
            .with(SettingsTree.YAML.readTree(ALL), "test")
            .with(SettingsTree.YAML.readTree(more), "test")
            .check("test");
    SettingsFile.write(settings, run.settings());
    return settings;
  }

  private static void learnTokenizers(RunFolder run, boolean joint, Segmentation segmentation) {
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
  }

  private static void writeWeights(RunFolder run, ExperimentSettings settings) {
    int source = run.loadTokenizer(settings.source()).size();
    int target = run.loadTokenizer(settings.target()).size();
    Random random = new Random(7);
    Map<String, long[]> shapes = settings.translationModel(source, target).shapes();
    SafeTensors.write(
        run.model(),
        shapes,
        Map.of(),
        parameter -> FloatBuffer.wrap(random(random, parameter, shapes.get(parameter))));
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
