package org.yuqiao.store.marian;

import static org.yuqiao.files.InvalidInputException.require;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.yuqiao.files.NamedTensors;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.sentencepiece.PieceVocabulary;

/**
 * The weights of a student under the names of this program: embeddings in the order of the
 * vocabulary here, and a row of zeros for {@code <bos>}, with which Marian's decoders begin.
 */
final class StudentWeights {
  /** The logit of tokens that the model has no row for: exp(-30) is 1e-13. */
  private static final float NEVER = -30;

  /** Scales of activations, which this program finds for each row instead. */
  private static final String ALPHA = "_QuantMultA";

  private final Path file;
  private final NamedTensors tensors;
  private final PieceVocabulary source;
  private final PieceVocabulary target;

  StudentWeights(Path file, NamedTensors tensors, PieceVocabulary source, PieceVocabulary target) {
    this.file = file;
    this.tensors = tensors;
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
    boolean recurrent = model.settings().decoderBlock() == DecoderBlockType.SSRU;
    Map<String, long[]> shapes = model.shapes();
    Set<String> used = new HashSet<>(Set.of(StudentNames.OUTPUT_BIAS));
    for (String parameter : shapes.keySet()) {
      String name = StudentNames.of(parameter, recurrent);
      used.add(name);
      require(
          tensors.names().contains(name) || name.equals(StudentNames.OUTPUT_BIAS),
          file + ": there is no tensor '" + name + "'");
    }
    for (String name : tensors.names()) {
      require(
          used.contains(name) || name.endsWith(ALPHA),
          file + ": the tensor '" + name + "' belongs to nothing that its settings describe");
    }
    SafeTensors.write(
        out,
        shapes,
        Map.of(),
        parameter ->
            FloatBuffer.wrap(
                values(parameter, StudentNames.of(parameter, recurrent), shapes.get(parameter))));
  }

  private float[] values(String parameter, String name, long[] shape) {
    return switch (parameter) {
      case "embedding", "encoder.embedding" -> rows(name, shape, source);
      case "decoder.embedding" -> rows(name, shape, target);
      case "output.bias" -> bias(shape);
      default -> shape.length == 2 ? checked(name, shape) : checked(name, 1, shape[0]);
    };
  }

  private float[] checked(String name, long... shape) {
    require(
        Arrays.equals(tensors.shape(name), shape),
        String.format(
            "%s: the tensor '%s' has the shape %s; its settings and vocabulary need %s",
            file, name, Arrays.toString(tensors.shape(name)), Arrays.toString(shape)));
    return tensors.floats(name);
  }

  /** Whether the token {@code id} has a row in the file. */
  private static boolean isInFile(int id) {
    return id != Tokenizer.PAD && id != Tokenizer.BOS;
  }

  private float[] rows(String name, long[] shape, PieceVocabulary vocabulary) {
    int width = (int) shape[1];
    float[] values = checked(name, shape[0] - 2, width);
    float[] ordered = new float[(int) shape[0] * width];
    int[] fileIds = vocabulary.fileIds();
    for (int id = 0; id < fileIds.length; id++) {
      if (isInFile(id)) {
        System.arraycopy(values, fileIds[id] * width, ordered, id * width, width);
      }
    }
    return ordered;
  }

  private float[] bias(long[] shape) {
    float[] ordered = new float[(int) shape[0]];
    boolean present = tensors.names().contains(StudentNames.OUTPUT_BIAS);
    float[] values =
        present ? checked(StudentNames.OUTPUT_BIAS, 1, shape[0] - 2) : new float[ordered.length];
    int[] fileIds = target.fileIds();
    for (int id = 0; id < fileIds.length; id++) {
      ordered[id] = isInFile(id) ? values[fileIds[id]] : NEVER;
    }
    return ordered;
  }
}
