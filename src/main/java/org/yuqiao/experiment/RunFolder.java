package org.yuqiao.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yuqiao.files.BadInput;
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

  /** Version, commit, backend, corpora. */
  public Path provenance() {
    return path.resolve("provenance.json");
  }

  /** The report to read. */
  public Path report() {
    return path.resolve("report.md");
  }

  /** The picture of the learning curve. */
  public Path curve() {
    return path.resolve("learning-curve.png");
  }

  /** Token ids of the training split, made anew when a run goes on. */
  public Path encoded() {
    return path.resolve("train.ids");
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
   * @throws BadInput when the folder is no run
   */
  public ExperimentSettings loadSettings() {
    if (!Files.isRegularFile(settings())) {
      throw new BadInput(path + " is not a run: there is no " + settings());
    }
    return SettingsFile.read(settings(), List.of());
  }
}
