package org.yuqiao.inference;

import java.nio.file.Path;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.BatchLimits;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ShippedModels;

/** A trained translator in a few lines of Java. Searches as its run's settings say. */
public final class TranslationModel implements AutoCloseable {
  /** How many tokens an explanation tells for each place. */
  private static final int ALTERNATIVES = 5;

  private final LoadedModels loaded;
  private final TrainedModel model;

  private TranslationModel(RunFolder folder) {
    this.loaded = LoadedModels.of(List.of(folder));
    DecodingSettings decoding = loaded.settings().decode();
    this.model =
        new TrainedModel(
            loaded, backend(), Strategy.of(decoding, decoding.beamSize()), BatchLimits.DEFAULT);
  }

  private static Backend backend() {
    return new Backend(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Loads a run, or a model that was exported.
   *
   * @throws org.yuqiao.files.InvalidInputException when there is none, or it is damaged
   */
  public static TranslationModel load(Path folder) {
    return new TranslationModel(new RunFolder(folder));
  }

  /**
   * Loads one of the models that come with the project.
   *
   * @param direction zh-en or en-zh
   * @throws org.yuqiao.files.InvalidInputException when the project's folder is not known, or holds
   *     none
   */
  public static TranslationModel shipped(String direction) {
    return new TranslationModel(ShippedModels.ofProgram().direction(direction));
  }

  /** The settings it was trained with. */
  public ExperimentSettings settings() {
    return loaded.settings();
  }

  /** The best translation of a sentence. */
  public String translate(String sentence) {
    return translate(List.of(sentence)).get(0);
  }

  /** The best translation of each sentence, in their order. */
  public List<String> translate(List<String> sentences) {
    return model.translate(sentences, done -> {}).stream().map(best -> best.get(0).text()).toList();
  }

  /** All translations that the search kept, the best first. */
  public List<TrainedModel.Translation> translations(String sentence) {
    return model.translate(List.of(sentence), done -> {}).get(0);
  }

  /**
   * A translation drawn at random.
   *
   * @param sampling temperature, cuts and seed
   */
  public String sample(String sentence, Sampling sampling) {
    Strategy strategy = Strategy.sampling(settings().decode(), sampling, 1);
    try (TrainedModel drawing =
        new TrainedModel(loaded, backend(), strategy, BatchLimits.DEFAULT)) {
      return drawing.translate(List.of(sentence), done -> {}).get(0).get(0).text();
    }
  }

  /**
   * What the model thinks while it translates a sentence: attention, probabilities, beams.
   *
   * @throws org.yuqiao.files.InvalidInputException when it is longer than the model reads
   */
  public Explanation explain(String sentence) {
    try (ExplainedModel explained = explained()) {
      return explained.explain(sentence);
    }
  }

  /**
   * What the model thinks of a given translation.
   *
   * @throws org.yuqiao.files.InvalidInputException when a side is longer than the model reads
   */
  public Explanation explain(String sentence, String translation) {
    try (ExplainedModel explained = explained()) {
      return explained.explain(sentence, translation);
    }
  }

  private ExplainedModel explained() {
    return new ExplainedModel(loaded, backend(), settings().decode(), ALTERNATIVES);
  }

  @Override
  public void close() {
    model.close();
  }
}
