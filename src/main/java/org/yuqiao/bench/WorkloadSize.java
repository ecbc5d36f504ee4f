package org.yuqiao.bench;

import java.util.Locale;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.ModelSettings;

/**
 * The sizes of a training benchmark.
 *
 * @param hiddenSize D
 * @param feedForwardSize F
 * @param layers of the encoder, and of the decoder
 * @param heads H
 * @param vocabulary V, on each side
 * @param sentences B
 * @param length tokens per side of each sentence, {@code <eos>} included
 */
public record WorkloadSize(
    int hiddenSize,
    int feedForwardSize,
    int layers,
    int heads,
    int vocabulary,
    int sentences,
    int length) {
  /** Upper bound for the sentences of a corpus. */
  private static final int MAX_POSITIONS = 256;

  /** Smaller ids are special tokens. */
  static final int FIRST_ID = 4;

  /** Checks the ranges. */
  public WorkloadSize {
    if (vocabulary <= FIRST_ID || sentences < 1 || length < 2 || length >= MAX_POSITIONS) {
      throw new InvalidInputException(
          "expected a vocabulary above %d, at least 1 sentence, and a length from 2 to %d"
              .formatted(FIRST_ID, MAX_POSITIONS - 1));
    }
  }

  /**
   * The size called {@code small}, {@code medium}, {@code base} or {@code big}.
   *
   * @throws InvalidInputException for any other name
   */
  public static WorkloadSize of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "small" -> new WorkloadSize(128, 512, 3, 4, 4000, 64, 16);
      case "medium" -> new WorkloadSize(256, 1024, 3, 4, 8000, 64, 16);
      case "base" -> new WorkloadSize(512, 2048, 6, 8, 16_000, 100, 20);
      case "big" -> new WorkloadSize(1024, 4096, 6, 16, 32_000, 100, 20);
      default ->
          throw new InvalidInputException(
              "unknown size '" + name + "'; expected small, medium, base or big");
    };
  }

  /** Another hidden size with the same ratio of the feed-forward size. */
  public WorkloadSize withHiddenSize(int other) {
    int feedForward = feedForwardSize / hiddenSize * other;
    return new WorkloadSize(other, feedForward, layers, heads, vocabulary, sentences, length);
  }

  /** Another sentence length with about as many tokens per batch. */
  public WorkloadSize withLength(int other) {
    int sentencesPerBatch = Math.max(1, sentences * length / other);
    return new WorkloadSize(
        hiddenSize, feedForwardSize, layers, heads, vocabulary, sentencesPerBatch, other);
  }

  /** Another vocabulary size. */
  public WorkloadSize withVocabulary(int other) {
    return new WorkloadSize(hiddenSize, feedForwardSize, layers, heads, other, sentences, length);
  }

  /** The number of parameters of the model. */
  public double parameters() {
    double d = hiddenSize;
    double attention = 4 * (d * d + d);
    double feedForward = 2 * d * feedForwardSize + feedForwardSize + d;
    double norm = 2 * d;
    return 2 * vocabulary * d + layers * (3 * attention + 2 * feedForward + 5 * norm) + 2 * norm;
  }

  /**
   * The operations of a training step: six per token and weight of a matmul, forward and backward;
   * those of attention scores are left out.
   */
  public double operations() {
    double d = hiddenSize;
    double weights = layers * (12 * d * d + 4 * d * feedForwardSize) + d * vocabulary;
    return 6 * weights * sentences * length;
  }

  /** Settings of the model: pre-norm, output layer tied to the target embedding. */
  ModelSettings model(double dropout) {
    return ModelSettings.builder()
        .hiddenSize(hiddenSize)
        .feedForwardSize(feedForwardSize)
        .heads(heads)
        .layers(layers)
        .dropout(dropout)
        .maxPositions(MAX_POSITIONS)
        .build();
  }
}
