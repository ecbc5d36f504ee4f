package org.yuqiao.store;

import java.nio.file.Files;
import java.util.Map;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.model.WeightTying;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.text.Tokenizer;

/** The embedding matrices of a trained translation model as word vectors of its tokens. */
public final class ModelVectors {
  private ModelVectors() {}

  /** The side of the translation. */
  public enum Side {
    /** The source language. */
    SOURCE,
    /** The target language. */
    TARGET
  }

  /**
   * The embedding vectors of one side's tokens, by id. A space before a word is written as U+2581,
   * a byte as {@code <0x0A>}.
   *
   * @throws InvalidInputException if the folder is no run, does not translate, or has no model yet
   */
  public static WordVectors of(RunFolder run, Side side) {
    ExperimentSettings settings = run.loadSettings();
    settings.requireTranslation(run.path());
    if (!Files.isRegularFile(run.model())) {
      throw new InvalidInputException(
          run.path() + " has no model yet; resume it with: ./yuqiao train --resume " + run.path());
    }
    Tokenizer tokens =
        run.loadTokenizer(side == Side.SOURCE ? settings.source() : settings.target());
    String name = side == Side.SOURCE ? "encoder.embedding" : "decoder.embedding";
    Map<String, SafeTensors.Tensor> tensors = SafeTensors.read(run.model());
    boolean shared = settings.model().weightTying() == WeightTying.THREE_WAY;
    SafeTensors.Tensor matrix = tensors.get(shared ? "embedding" : name);
    if (matrix == null || matrix.shape().length != 2 || matrix.shape()[0] != tokens.size()) {
      throw new InvalidInputException(
          run.model() + ": there is no embedding matrix for the " + tokens.size() + " tokens");
    }
    return new WordVectors(tokens.pieces(), Math.toIntExact(matrix.shape()[1]), matrix.values());
  }
}
