package org.yuqiao.store.marian;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that the Marian toolkit itself gives to tensors, as {@code encoder_l1_self_Wq}. */
final class StudentNames {
  static final String OUTPUT_BIAS = "decoder_ff_logit_out_b";

  private static final Pattern LAYER =
      Pattern.compile(
          "(?<stack>encoder|decoder)\\.(?<layer>\\d+)\\.(?<block>self|cross|feedForward)"
              + "\\.(?<part>\\w+)\\.(?<kind>weight|bias|gain)");
  private static final Map<String, String> PARTS =
      Map.of(
          "query", "q", "key", "k", "value", "v", "output", "o", "in", "1", "out", "2", "input", "",
          "forget", "f");

  private StudentNames() {}

  /** The tensor of a parameter. */
  static String of(String parameter, boolean isRecurrent) {
    return switch (parameter) {
      case "embedding" -> "Wemb";
      case "encoder.embedding" -> "encoder_Wemb";
      case "decoder.embedding" -> "decoder_Wemb";
      case "output.bias" -> OUTPUT_BIAS;
      default -> ofLayer(parameter, isRecurrent);
    };
  }

  private static String ofLayer(String parameter, boolean isRecurrent) {
    Matcher matcher = LAYER.matcher(parameter);
    if (!matcher.matches()) {
      throw new IllegalStateException("a student has no " + parameter);
    }
    String stack = matcher.group("stack");
    boolean recurrent = isRecurrent && stack.equals("decoder");
    String block =
        switch (matcher.group("block")) {
          case "self" -> recurrent ? "rnn" : "self";
          case "cross" -> "context";
          default -> "ffn";
        };
    String prefix = stack + "_l" + (Integer.parseInt(matcher.group("layer")) + 1) + "_" + block;
    String part = matcher.group("part");
    String kind = matcher.group("kind");
    if (part.equals("norm")) {
      String before = block.equals("ffn") || block.equals("rnn") ? "_ffn" : "_Wo";
      return prefix + before + "_ln_" + (kind.equals("gain") ? "scale" : "bias");
    }
    return prefix + (kind.equals("weight") ? "_W" : "_b") + PARTS.get(part);
  }
}
