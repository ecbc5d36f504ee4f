package org.yuqiao.settings;

import java.util.Map;
import java.util.Optional;

/**
 * The present names of the settings keys of version 0.1. A settings file with an old key is refused
 * with the new one.
 */
final class RenamedKeys {
  private static final Map<String, String> NEW_NAMES =
      Map.ofEntries(
          Map.entry("data.cleaning.maximumCharacters", "data.cleaning.maxCharacters"),
          Map.entry("data.cleaning.maximumRatio", "data.cleaning.maxLengthRatio"),
          Map.entry("data.context", "data.blockSize"),
          Map.entry("data.pairs", "data.maxPairs"),
          Map.entry("decode.beam", "decode.beamSize"),
          Map.entry("decode.maximumRatio", "decode.maxLengthRatio"),
          Map.entry("decode.minimumRatio", "decode.minLengthRatio"),
          Map.entry("decode.noRepeatNgram", "decode.noRepeatNgramSize"),
          Map.entry("model.attention.normaliser", "model.attention.function"),
          Map.entry("model.feedForward", "model.feedForwardType"),
          Map.entry("model.innerWidth", "model.feedForwardSize"),
          Map.entry("model.maximumPositions", "model.maxPositions"),
          Map.entry("model.norm", "model.layerNorm"),
          Map.entry("model.recurrent.hidden", "model.recurrent.hiddenSize"),
          Map.entry("model.relative.clip", "model.relative.clippingDistance"),
          Map.entry("model.relative.distance", "model.relative.maxDistance"),
          Map.entry("model.tie", "model.weightTying"),
          Map.entry("model.width", "model.hiddenSize"),
          Map.entry("optimiser", "optimizer"),
          Map.entry("optimiser.beta1", "optimizer.beta1"),
          Map.entry("optimiser.beta2", "optimizer.beta2"),
          Map.entry("optimiser.clipNorm", "optimizer.maxGradNorm"),
          Map.entry("optimiser.decaySteps", "optimizer.decaySteps"),
          Map.entry("optimiser.epsilon", "optimizer.epsilon"),
          Map.entry("optimiser.rate", "optimizer.learningRate"),
          Map.entry("optimiser.schedule", "optimizer.schedule"),
          Map.entry("optimiser.warmup", "optimizer.warmupSteps"),
          Map.entry("optimiser.weightDecay", "optimizer.weightDecay"),
          Map.entry("subwords.minimumCount", "subwords.minFrequency"),
          Map.entry("subwords.vocabulary", "subwords.vocabularySize"),
          Map.entry("train.accumulate", "train.gradientAccumulation"),
          Map.entry("train.average", "train.averageCheckpoints"),
          Map.entry("train.keep", "train.keepBest"),
          Map.entry("train.maximumTokens", "train.maxLength"));

  private RenamedKeys() {}

  /** The present name of a key of version 0.1. */
  static Optional<String> of(String key) {
    return Optional.ofNullable(NEW_NAMES.get(key));
  }
}
