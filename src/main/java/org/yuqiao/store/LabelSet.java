package org.yuqiao.store;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.yuqiao.corpus.batch.LabeledBatch;
import org.yuqiao.files.InvalidInputException;

/**
 * The label set of a tagger or classifier; the id of a label is its index.
 *
 * @param labels in alphabetical order
 * @param characters whether every training token is a single character, so that raw text can be
 *     tagged without tokenization
 */
public record LabelSet(List<String> labels, boolean characters) {
  /** The distinct {@code labels}. */
  public static LabelSet of(Collection<String> labels, boolean characters) {
    return new LabelSet(List.copyOf(new TreeSet<>(labels)), characters);
  }

  /** Writes the labels as JSON. */
  public void write(Path file) {
    manifest(file).write(this);
  }

  /**
   * Reads the labels of a run.
   *
   * @throws InvalidInputException if the file is missing or damaged
   */
  public static LabelSet read(Path file) {
    return manifest(file)
        .read()
        .orElseThrow(() -> new InvalidInputException("there is no file " + file));
  }

  private static ManifestFile<LabelSet> manifest(Path file) {
    return new ManifestFile<>(file, LabelSet.class);
  }

  /** The id of a label; {@link LabeledBatch#NONE} if it is unknown. */
  public int id(String label) {
    int id = labels.indexOf(label);
    return id < 0 ? LabeledBatch.NONE : id;
  }
}
