package org.yuqiao.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.yuqiao.corpus.batch.LabeledBatch;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;

/**
 * The label set of a tagger or classifier; the id of a label is its index.
 *
 * @param labels in alphabetical order
 * @param characters whether every training token is a single character, so that raw text can be
 *     tagged without tokenization
 */
public record LabelSet(List<String> labels, boolean characters) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The distinct {@code labels}. */
  public static LabelSet of(Collection<String> labels, boolean characters) {
    return new LabelSet(List.copyOf(new TreeSet<>(labels)), characters);
  }

  /** Writes the labels as JSON. */
  public void write(Path file) {
    AtomicFile.write(file, out -> JSON.writeValue(out, this));
  }

  /**
   * Reads the labels of a run.
   *
   * @throws InvalidInputException if the file is missing or damaged
   */
  public static LabelSet read(Path file) {
    try {
      return JSON.readValue(file.toFile(), LabelSet.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The id of a label; {@link LabeledBatch#NONE} if it is unknown. */
  public int id(String label) {
    int id = labels.indexOf(label);
    return id < 0 ? LabeledBatch.NONE : id;
  }
}
