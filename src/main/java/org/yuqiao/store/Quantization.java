package org.yuqiao.store;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.OutputFolder;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.files.TensorFile;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.text.Language;

/**
 * Quantizes the weights of a model to int8, about a quarter of the size.
 *
 * <p>One scale per output: per column of projections, per row (token) of embeddings. Biases, gains
 * of layer norm and position tables stay float32.
 */
public final class Quantization {
  private Quantization() {}

  /**
   * The sizes of the weights.
   *
   * @param bytesBefore float32
   * @param bytesAfter int8
   */
  public record Result(long bytesBefore, long bytesAfter) {}

  /**
   * Writes an int8 copy of the model of {@code run} to {@code out}, with tokenizers and settings.
   *
   * @throws InvalidInputException if the run has no model or an int8 one, or {@code out} is not
   *     empty
   */
  public static Result run(RunFolder run, Path out) {
    run.loadSettings();
    if (!Files.isRegularFile(run.model())) {
      throw new InvalidInputException(run.path() + " has no model yet: there is no " + run.model());
    }
    if (SafeTensors.isQuantized(run.model())) {
      throw new InvalidInputException(run.model() + " is int8 already");
    }
    ModelWeights.requireFinite(run);
    RunFolder target = new RunFolder(out);
    try {
      Files.createDirectories(out);
      OutputFolder.requireFree(out, written(run), SettingsFile.OF_RUN);
      for (Language language : Language.values()) {
        target.saveTokenizer(language, run.loadTokenizer(language));
      }
      quantize(run.model(), target.model());
      for (Path file : List.of(run.provenance(), run.settings())) {
        copy(file, out);
      }
      return new Result(Files.size(run.model()), Files.size(target.model()));
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + out + ": " + IoError.message(e), e);
    }
  }

  /** The names of the files written before the settings, which make the folder a model. */
  private static List<String> written(RunFolder run) {
    return Stream.concat(
            TokenizerFiles.names(run.path()).stream(),
            Stream.of(run.model(), run.provenance()).map(file -> file.getFileName().toString()))
        .toList();
  }

  /** Quantizes the tensors of {@code file} into {@code target}, which may be the same file. */
  public static void quantize(Path file, Path target) {
    try (TensorFile tensors = TensorFile.open(file)) {
      Map<String, long[]> shapes = tensors.shapes();
      SafeTensors.write(
          target, shapes, axes(shapes), name -> FloatBuffer.wrap(tensors.floats(name)));
    }
  }

  private static void copy(Path file, Path folder) throws IOException {
    if (Files.isRegularFile(file)) {
      byte[] content = Files.readAllBytes(file);
      AtomicFile.write(folder.resolve(file.getFileName()), out -> out.write(content));
    }
  }

  /** The scale axes of the tensors that are quantized. */
  private static Map<String, Integer> axes(Map<String, long[]> shapes) {
    Map<String, Integer> axes = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          boolean embedding = name.endsWith("embedding");
          if (shape.length == 2 && (embedding || name.endsWith(".weight"))) {
            axes.put(name, embedding ? 0 : 1);
          }
        });
    return axes;
  }
}
