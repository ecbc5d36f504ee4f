package org.yuqiao.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.BadInput;
import org.yuqiao.files.QuantisedTensor;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.text.Language;

/**
 * Makes the folder of a model whose matrices are integers of eight bits, about a quarter as large.
 * Each output of a matrix has its own factor: columns of projections, rows (tokens) of embeddings.
 * Biases, gains and tables of positions stay floats.
 */
public final class Quantisation {
  private Quantisation() {}

  /**
   * What became of a model.
   *
   * @param bytesBefore of the weights
   * @param bytesAfter of the weights
   */
  public record Result(long bytesBefore, long bytesAfter) {}

  /**
   * Writes what translating needs of {@code run} to {@code out}.
   *
   * @throws BadInput when the run has no model or has been quantised, or the folder is not empty
   */
  public static Result run(RunFolder run, Path out) {
    run.loadSettings();
    if (!Files.isRegularFile(run.model())) {
      throw new BadInput(run.path() + " has no model yet: there is no " + run.model());
    }
    if (SafeTensors.isQuantised(run.model())) {
      throw new BadInput(run.model() + " holds integers already");
    }
    RunFolder target = new RunFolder(out);
    try {
      Files.createDirectories(out);
      if (out.toFile().list().length > 0) {
        throw new BadInput(out + " is not empty");
      }
      for (Language language : Language.values()) {
        target.saveTokenizer(language, run.loadTokenizer(language));
      }
      Map<String, SafeTensors.Tensor> tensors = SafeTensors.read(run.model());
      SafeTensors.write(target.model(), tensors, quantised(tensors));
      for (Path file : List.of(run.provenance(), run.settings())) {
        copy(file, out);
      }
      return new Result(Files.size(run.model()), Files.size(target.model()));
    } catch (IOException e) {
      throw new BadInput("cannot write " + out + ": " + e.getMessage(), e);
    }
  }

  private static void copy(Path file, Path folder) throws IOException {
    if (Files.isRegularFile(file)) {
      byte[] content = Files.readAllBytes(file);
      AtomicFile.write(folder.resolve(file.getFileName()), out -> out.write(content));
    }
  }

  private static Map<String, QuantisedTensor> quantised(Map<String, SafeTensors.Tensor> tensors) {
    Map<String, QuantisedTensor> quantised = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          boolean embedding = name.endsWith("embedding");
          if (tensor.shape().length == 2 && (embedding || name.endsWith(".weight"))) {
            quantised.put(
                name, QuantisedTensor.of(tensor.shape(), tensor.values(), embedding ? 0 : 1));
          }
        });
    return quantised;
  }
}
