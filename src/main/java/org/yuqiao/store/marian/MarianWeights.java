package org.yuqiao.store.marian;

import static org.yuqiao.files.InvalidInputException.require;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.files.NamedTensors;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.layers.attention.SinusoidalPositions;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.WeightTying;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.sentencepiece.PieceVocabulary;

/**
 * The weights of a Marian model under the names of this program: matrices transposed, embeddings in
 * the order of the vocabulary here.
 */
final class MarianWeights {
  /** The logit of {@code <pad>}, which the format has no row for: exp(-30) is 1e-13. */
  private static final float PAD_LOGIT = -30;

  private static final float POSITION_TOLERANCE = 1e-3f;

  private final Path file;
  private final NamedTensors tensors;
  private final WeightTying tying;
  private final PieceVocabulary source;
  private final PieceVocabulary target;
  private final Set<String> used = new HashSet<>();

  MarianWeights(
      Path file,
      NamedTensors tensors,
      WeightTying tying,
      PieceVocabulary source,
      PieceVocabulary target) {
    this.file = file;
    this.tensors = tensors;
    this.tying = tying;
    this.source = source;
    this.target = target;
  }

  /**
   * Writes the parameters of {@code model} to {@code out}.
   *
   * @throws org.yuqiao.files.InvalidInputException when a tensor is missing, has another shape, or
   *     belongs to no parameter
   */
  void write(EncoderDecoder model, Path out) {
    Map<String, long[]> shapes = model.shapes();
    shapes.keySet().forEach(this::locate);
    requireNothingElse(model.settings().hiddenSize());
    SafeTensors.write(
        out, shapes, Map.of(), name -> FloatBuffer.wrap(values(name, shapes.get(name))));
  }

  /** The tensor of a parameter. */
  private String locate(String name) {
    String found =
        switch (name) {
          case "embedding" -> present(name, embeddingNames());
          case "encoder.embedding" -> present(name, List.of(MarianNames.ENCODER));
          case "decoder.embedding" -> present(name, targetNames());
          case "output.weight" -> present(name, List.of(MarianNames.OUTPUT));
          case "output.bias" -> MarianNames.OUTPUT_BIAS;
          default -> present(name, List.of(MarianNames.ofLayer(name)));
        };
    used.add(found);
    return found;
  }

  private static List<String> embeddingNames() {
    return List.of(
        MarianNames.SHARED, MarianNames.ENCODER, MarianNames.DECODER, MarianNames.OUTPUT);
  }

  private List<String> targetNames() {
    return tying == WeightTying.TARGET
        ? List.of(MarianNames.DECODER, MarianNames.OUTPUT)
        : List.of(MarianNames.DECODER);
  }

  private String present(String name, List<String> candidates) {
    for (String candidate : candidates) {
      if (tensors.names().contains(candidate)) {
        return candidate;
      }
    }
    require(false, file + ": there is no tensor '" + candidates.get(0) + "'");
    return name;
  }

  /** Refuses tensors without a meaning here, and positions that are no sinusoids. */
  private void requireNothingElse(int width) {
    Set<String> tied = new HashSet<>(List.of(MarianNames.OUTPUT_BIAS));
    if (tying == WeightTying.THREE_WAY) {
      tied.addAll(embeddingNames());
    } else if (tying == WeightTying.TARGET) {
      tied.add(MarianNames.OUTPUT);
    }
    for (String name : tensors.names()) {
      if (name.matches("model\\.(encoder|decoder)\\.embed_positions\\.weight")) {
        requireSinusoids(name, width);
      } else {
        require(
            used.contains(name) || tied.contains(name),
            file
                + ": the tensor '"
                + name
                + "' belongs to nothing that the configuration describes");
      }
    }
  }

  private void requireSinusoids(String name, int width) {
    long[] shape = tensors.shape(name);
    require(
        shape.length == 2 && shape[1] == width,
        file + ": the tensor '" + name + "' has the shape " + Arrays.toString(shape));
    float[] found = tensors.floats(name);
    INDArray table = SinusoidalPositions.tableInHalves((int) shape[0], width);
    double[] expected = table.data().asDouble();
    for (int i = 0; i < found.length; i++) {
      require(
          Math.abs(found[i] - expected[i]) < POSITION_TOLERANCE,
          file + ": the tensor '" + name + "' does not hold sinusoidal positions");
    }
  }

  private float[] values(String name, long[] shape) {
    return switch (name) {
      case "embedding", "decoder.embedding" -> rows(name, shape, target);
      case "encoder.embedding" -> rows(name, shape, source);
      case "output.weight" ->
          MarianNames.transposed(
              rows(name, new long[] {shape[1], shape[0]}, target), (int) shape[0]);
      case "output.bias" -> bias(shape);
      default -> plain(name, shape);
    };
  }

  private float[] checked(String tensor, long... shape) {
    require(
        Arrays.equals(tensors.shape(tensor), shape),
        String.format(
            "%s: the tensor '%s' has the shape %s; the configuration and vocabulary need %s",
            file, tensor, Arrays.toString(tensors.shape(tensor)), Arrays.toString(shape)));
    return tensors.floats(tensor);
  }

  private float[] plain(String name, long[] shape) {
    String tensor = locate(name);
    return shape.length == 2
        ? MarianNames.transposed(checked(tensor, shape[1], shape[0]), (int) shape[0])
        : checked(tensor, shape);
  }

  /** Rows in the order of the vocabulary here; that of {@code <pad>} is zero. */
  private float[] rows(String name, long[] shape, PieceVocabulary vocabulary) {
    int width = (int) shape[1];
    float[] values = checked(locate(name), shape[0] - 1, width);
    float[] ordered = new float[(int) shape[0] * width];
    int[] fileIds = vocabulary.fileIds();
    for (int id = 0; id < fileIds.length; id++) {
      if (fileIds[id] >= 0) {
        System.arraycopy(values, fileIds[id] * width, ordered, id * width, width);
      }
    }
    return ordered;
  }

  private float[] bias(long[] shape) {
    float[] ordered = new float[(int) shape[0]];
    if (tensors.names().contains(MarianNames.OUTPUT_BIAS)) {
      float[] values = checked(MarianNames.OUTPUT_BIAS, 1, shape[0] - 1);
      int[] fileIds = target.fileIds();
      for (int id = 0; id < fileIds.length; id++) {
        ordered[id] = fileIds[id] >= 0 ? values[fileIds[id]] : 0;
      }
    }
    ordered[Tokenizer.PAD] = PAD_LOGIT;
    return ordered;
  }
}
