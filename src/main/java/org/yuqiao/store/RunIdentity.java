package org.yuqiao.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.Sha256;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsTree;

/**
 * What makes two runs the same: the settings in full and the contents of the corpora and of files
 * of word vectors. Where the corpora stand does not matter.
 *
 * @param settings every setting but the names of corpora, by its key
 * @param corpora by role: train, valid, test, vectors for files that embeddings start from, and
 *     start.encoder for the weights of another run
 */
public record RunIdentity(
    Map<String, String> settings, Map<String, List<Provenance.Corpus>> corpora) {
  private static final String VECTORS = "vectors";
  private static final String ENCODER = "start.encoder";

  /**
   * The identity of a run that would begin now.
   *
   * @throws org.yuqiao.files.InvalidInputException when a corpus cannot be read
   */
  public static RunIdentity of(ExperimentSettings settings) {
    Map<String, List<Provenance.Corpus>> corpora = new LinkedHashMap<>();
    corpora.put("train", hashed(settings.data().train()));
    corpora.put("valid", hashed(settings.data().valid()));
    corpora.put("test", hashed(settings.data().test()));
    corpora.put(VECTORS, hashed(settings.embedding().files()));
    corpora.put(ENCODER, hashed(encoderWeights(settings)));
    return of(settings, corpora);
  }

  /** The identity of a run whose corpora were hashed before. */
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

  private static List<Provenance.Corpus> hashed(List<String> names) {
    return names.stream()
        .map(name -> new Provenance.Corpus(name, new CorpusFiles(name).sha256()))
        .toList();
  }

  /** SHA-256 over all of it. */
  String sha256() {
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    corpora.forEach(
        (role, list) -> list.forEach(c -> text.append(role + " " + c.sha256()).append('\n')));
    return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** In words, in what this run differs from another; empty when it does not. */
  public List<String> differences(RunIdentity other) {
    List<String> differences = new ArrayList<>();
    settings.forEach(
        (key, value) -> {
          String theirs = other.settings.getOrDefault(key, "nothing");
          if (!theirs.equals(value)) {
            differences.add(key + " is " + value + " there and " + theirs + " here");
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
            differences.add(inWords(role) + " has other contents");
          }
        });
    return differences;
  }

  private static String inWords(String role) {
    return switch (role) {
      case VECTORS -> "the file of word vectors";
      case ENCODER -> "the run of " + ENCODER;
      default -> "data." + role;
    };
  }

  private static List<String> encoderWeights(ExperimentSettings settings) {
    return settings.start().encoderRun().stream()
        .map(run -> new RunFolder(run).model().toString())
        .toList();
  }
}
