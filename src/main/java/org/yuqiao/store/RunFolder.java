package org.yuqiao.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.train.Checkpoints;

/** The folder of a run: the paths of its files. */
public record RunFolder(Path path) {
  /** All settings, defaults included; written last in a new run. */
  public Path settings() {
    return path.resolve(SettingsFile.OF_RUN);
  }

  /** The trained weights. */
  public Path model() {
    return path.resolve("model.safetensors");
  }

  /** Training, validation and test metrics, one JSON object a line. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** Command, commit, corpora, seed, backend, machine. */
  public Path provenance() {
    return path.resolve("provenance.json");
  }

  /** The result of a complete run. */
  public Path result() {
    return path.resolve("result.json");
  }

  /** Source, reference and hypothesis of each test sentence. */
  public Path translations() {
    return path.resolve("translations.jsonl");
  }

  /** Translations of a few validation sentences at each validation, one JSON object a line. */
  public Path samples() {
    return path.resolve("samples.jsonl");
  }

  /** The error that ended the run, if any. */
  public Path failure() {
    return path.resolve("failure.txt");
  }

  /** The lock of the process that trains the run. */
  public Path lock() {
    return path.resolve("run.lock");
  }

  /** Whether the folder is a run: its settings exist. */
  public boolean exists() {
    return Files.isRegularFile(settings());
  }

  /** The report as Markdown. */
  public Path report() {
    return path.resolve("report.md");
  }

  /** The chart of the learning rate. */
  public Path learningRate() {
    return path.resolve("learning-rate.png");
  }

  /** The chart of the learning curve. */
  public Path curve() {
    return path.resolve("learning-curve.png");
  }

  /** The cleaned training pairs, until they are encoded. */
  public Path cleanedPairs() {
    return path.resolve("train.pairs.tmp");
  }

  /** The folder of the encoded training split, read again on resume. */
  public Path encoded() {
    return path.resolve("train.ids");
  }

  /** The label set of a tagger or classifier. */
  public Path labels() {
    return path.resolve("labels.json");
  }

  /** The checkpoints. */
  public Checkpoints checkpoints() {
    return new Checkpoints(path.resolve("checkpoints"));
  }

  /** Reads the tokenizer of a language. */
  public Tokenizer loadTokenizer(Language language) {
    return new TokenizerFiles(path, language).load();
  }

  /** Writes the tokenizer of a language. */
  public void saveTokenizer(Language language, Tokenizer tokenizer) {
    new TokenizerFiles(path, language).save(tokenizer);
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidInputException if the folder is not a run
   */
  public ExperimentSettings loadSettings() {
    if (!exists()) {
      throw new InvalidInputException(path + " is not a run: there is no " + settings());
    }
    return SettingsFile.read(settings(), List.of());
  }
}
