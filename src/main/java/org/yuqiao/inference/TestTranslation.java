package org.yuqiao.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;
import org.yuqiao.store.RunFolder;

/**
 * A translated sentence of the test split. {@code translations.jsonl} of a run holds all of them,
 * one object a line, in the order of the corpus.
 */
public record TestTranslation(String source, String reference, String hypothesis) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private boolean isWhole() {
    return source != null && reference != null && hypothesis != null;
  }

  /** Writes the translations of {@code test} to {@code run}. */
  public static void write(RunFolder run, Evaluation.Result test) {
    AtomicFile.write(
        run.translations(),
        out -> {
          for (int i = 0; i < test.sources().size(); i++) {
            TestTranslation one =
                new TestTranslation(
                    test.sources().get(i), test.references().get(i), test.translations().get(i));
            out.write((JSON.writeValueAsString(one) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /**
   * Reads the translations of a run.
   *
   * @throws InvalidInputException when the run has none, or the file is damaged
   */
  public static List<TestTranslation> read(RunFolder run) {
    if (!Files.isRegularFile(run.translations())) {
      throw new InvalidInputException(
          run.path()
              + " has no translations.jsonl; let the run make it with: ./yuqiao train --resume "
              + run.path());
    }
    List<TestTranslation> all = new ArrayList<>();
    Utf8Lines.forEach(
        run.translations(),
        line -> {
          try {
            TestTranslation read = JSON.readValue(line, TestTranslation.class);
            InvalidInputException.require(
                read != null && read.isWhole(),
                run.translations() + " is damaged in line " + (all.size() + 1));
            all.add(read);
          } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                run.translations() + " is damaged in line " + (all.size() + 1), e);
          }
        });
    return all;
  }
}
