package org.yuqiao.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerJson;
import org.yuqiao.train.Checkpoints;

/** Where the parts of a run are. */
public record RunFolder(Path path) {
  /** The settings in full. */
  public Path settings() {
    return path.resolve("settings.yaml");
  }

  /** The trained weights. */
  public Path model() {
    return path.resolve("model.safetensors");
  }

  /** One JSON object for every so many steps, validation and test. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** Command, commit, corpora, seed, backend, machine. */
  public Path provenance() {
    return path.resolve("provenance.json");
  }

  /** The figures of the complete run. */
  public Path result() {
    return path.resolve("result.json");
  }

  /** Source, reference and hypothesis of each test sentence. */
  public Path translations() {
    return path.resolve("translations.jsonl");
  }

  /** Why the run failed, where it did. */
  public Path failure() {
    return path.resolve("failure.txt");
  }

  /** Held by the process that trains the run. */
  public Path lock() {
    return path.resolve("run.lock");
  }

  /** Whether there is a run: its settings are written when it is ready to train. */
  public boolean exists() {
    return Files.isRegularFile(settings());
  }

  /** The report to read. */
  public Path report() {
    return path.resolve("report.md");
  }

  /** The picture of the learning curve. */
  public Path curve() {
    return path.resolve("learning-curve.png");
  }

  /** The cleaned training pairs, until they are encoded. */
  public Path cleanedPairs() {
    return path.resolve("train.pairs.tmp");
  }

  /** Token ids of the training split, made anew when a run goes on. */
  public Path encoded() {
    return path.resolve("train.ids");
  }

  /** What a model that labels can say. */
  public Path labels() {
    return path.resolve("labels.json");
  }

  /** The checkpoints. */
  public Checkpoints checkpoints() {
    return new Checkpoints(path.resolve("checkpoints"));
  }

  private Path tokenizer(Language language) {
    return path.resolve("tokenizer." + language.code() + ".json");
  }

  /** The tokenizer of a language. */
  public Tokenizer loadTokenizer(Language language) {
    return TokenizerJson.load(tokenizer(language));
  }

  /** Keeps the tokenizer of a language. */
  public void saveTokenizer(Language language, Tokenizer tokenizer) {
    TokenizerJson.save(tokenizer, tokenizer(language));
  }

  /**
   * The settings of a run that is there.
   *
   * @throws InvalidInputException when the folder is no run
   */
  public ExperimentSettings loadSettings() {
    if (!exists()) {
      throw new InvalidInputException(path + " is not a run: there is no " + settings());
    }
    return SettingsFile.read(settings(), List.of());
  }
}
