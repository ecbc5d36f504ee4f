package org.yuqiao.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.Sha256;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsTree;
import org.yuqiao.train.Checkpoints;

/**
 * The identity of a run: all settings, and hashes of corpora, word vectors and pre-trained weights.
 * Paths of corpora are not part of it.
 *
 * @param settings all settings by key, except the names of corpora
 * @param corpora by role: train, valid, test, vectors (for {@code embedding.init}), embedding.text,
 *     start.encoder and start.model (pre-trained weights)
 */
public record RunIdentity(
    Map<String, String> settings, Map<String, List<Provenance.Corpus>> corpora) {
  private static final String VECTORS = "vectors";
  private static final String VECTORS_TEXT = "embedding.text";
  private static final String ENCODER = "start.encoder";
  private static final String MODEL = "start.model";

  /**
   * The identity of a new run; hashes all files.
   *
   * @throws org.yuqiao.files.InvalidInputException if a corpus cannot be read
   */
  public static RunIdentity of(ExperimentSettings settings) {
    Map<String, List<Provenance.Corpus>> corpora = new LinkedHashMap<>();
    corpora.put("train", hash(settings.data().train()));
    corpora.put("valid", hash(settings.data().valid()));
    corpora.put("test", hash(settings.data().test()));
    corpora.put(VECTORS, hash(settings.embedding().files()));
    if (!settings.embedding().text().isEmpty()) {
      corpora.put(VECTORS_TEXT, hash(settings.embedding().text()));
    }
    corpora.put(ENCODER, hash(weights(settings.start().encoderRun())));
    if (settings.start().modelFolder().isPresent()) {
      corpora.put(MODEL, hash(weights(settings.start().modelFolder())));
    }
    return of(settings, corpora);
  }

  /** The identity of a run with known hashes. */
  public static RunIdentity of(
      ExperimentSettings settings, Map<String, List<Provenance.Corpus>> corpora) {
    Map<String, String> plain = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : SettingsTree.of(settings).flat().entrySet()) {
      if (!corpora.containsKey(entry.getKey().replaceFirst("^data\\.", ""))) {
        plain.put(entry.getKey(), SettingsTree.inline(entry.getValue()));
      }
    }
    return new RunIdentity(plain, corpora);
  }

  private static List<Provenance.Corpus> hash(List<String> names) {
    return names.stream()
        .map(name -> new Provenance.Corpus(name, new CorpusFiles(name).sha256()))
        .toList();
  }

  /** SHA-256 over settings and hashes. */
  String sha256() {
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    corpora.forEach(
        (role, list) -> list.forEach(c -> text.append(role + " " + c.sha256()).append('\n')));
    return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The differences to another run, a phrase for each; empty if there are none. */
  public List<String> differences(RunIdentity other) {
    List<String> differences = new ArrayList<>();
    settings.forEach(
        (key, value) -> {
          String theirs = other.settings.getOrDefault(key, "not set");
          if (!theirs.equals(value)) {
            differences.add(key + " was " + value + " and is " + theirs);
          }
        });
    corpora.forEach(
        (role, list) -> {
          List<String> own = list.stream().map(Provenance.Corpus::sha256).toList();
          List<String> theirs =
              other.corpora.getOrDefault(role, List.of()).stream()
                  .map(Provenance.Corpus::sha256)
                  .toList();
          if (!own.equals(theirs)) {
            differences.add(label(role) + " has other contents");
          }
        });
    return differences;
  }

  private static String label(String role) {
    return switch (role) {
      case VECTORS -> "the file of word vectors";
      case ENCODER, MODEL -> "the run " + role;
      default -> "data." + role;
    };
  }

  private static List<String> weights(Optional<Path> folder) {
    return folder.stream()
        .map(
            path ->
                Checkpoints.weightsIn(path).orElseGet(() -> new RunFolder(path).model()).toString())
        .toList();
  }
}
