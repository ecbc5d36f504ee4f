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
 * The labels of a run; the number of a label is its place.
 *
 * @param labels in alphabetical order
 * @param characters whether every token trained on is a single character, so that text can be cut
 *     into tokens without being given the borders
 */
public record LabelSet(List<String> labels, boolean characters) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All different ones. */
  public static LabelSet of(Collection<String> labels, boolean characters) {
    return new LabelSet(List.copyOf(new TreeSet<>(labels)), characters);
  }

  public void write(Path file) {
    AtomicFile.write(file, out -> JSON.writeValue(out, this));
  }

  /**
   * Reads those of a run.
   *
   * @throws InvalidInputException when the file is not there or damaged
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

  /** The number of a label; {@link LabeledBatch#NONE} for one that is not known. */
  public int id(String label) {
    int id = labels.indexOf(label);
    return id < 0 ? LabeledBatch.NONE : id;
  }
}
