package org.yuqiao.bench;

import java.util.Locale;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.model.ModelSettings;

/**
 * The sizes of a training step that is measured.
 *
 * @param width D
 * @param innerWidth F
 * @param layers of the encoder, and of the decoder
 * @param heads H
 * @param vocabulary V, on each side
 * @param sentences B
 * @param length tokens a side of every sentence, {@code <eos>} included
 */
public record WorkloadSize(
    int width, int innerWidth, int layers, int heads, int vocabulary, int sentences, int length) {
  /** Room for the longest sentences of real batches. */
  private static final int POSITIONS = 256;

  /** Ids below are those of special tokens. */
  static final int FIRST_ID = 4;

  /** Checks that there is something to measure. */
  public WorkloadSize {
    if (vocabulary <= FIRST_ID || sentences < 1 || length < 2 || length >= POSITIONS) {
      throw new InvalidInputException(
          "expected a vocabulary above %d, at least 1 sentence, and a length from 2 to %d"
              .formatted(FIRST_ID, POSITIONS - 1));
    }
  }

  /**
   * One of the sizes with a name.
   *
   * @throws InvalidInputException for any other name
   */
  public static WorkloadSize of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "small" -> new WorkloadSize(128, 512, 3, 4, 4000, 64, 16);
      case "medium" -> new WorkloadSize(256, 1024, 3, 4, 8000, 64, 16);
      case "base" -> new WorkloadSize(512, 2048, 6, 8, 16_000, 100, 20);
      default ->
          throw new InvalidInputException(
              "unknown size '" + name + "'; expected small, medium or base");
    };
  }

  /** Another width, the inner one remaining so many times as great. */
  public WorkloadSize withWidth(int other) {
    int inner = innerWidth / width * other;
    return new WorkloadSize(other, inner, layers, heads, vocabulary, sentences, length);
  }

  /** Another length of the sentences, fewer or more of them making about as many tokens. */
  public WorkloadSize withLength(int other) {
    int fitting = Math.max(1, sentences * length / other);
    return new WorkloadSize(width, innerWidth, layers, heads, vocabulary, fitting, other);
  }

  /** Another vocabulary. */
  public WorkloadSize withVocabulary(int other) {
    return new WorkloadSize(width, innerWidth, layers, heads, other, sentences, length);
  }

  /** The model of that size: norms before the sub-layers, output tied to the target embedding. */
  ModelSettings model(double dropout) {
    return new ModelSettings(
        width, innerWidth, heads, layers, layers, dropout, NormPlacement.PRE, true, POSITIONS);
  }
}
