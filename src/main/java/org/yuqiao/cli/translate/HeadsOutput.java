package org.yuqiao.cli.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.decode.heads.AttentionTarget;
import org.yuqiao.decode.heads.HeadAlignment;
import org.yuqiao.decode.heads.HeadProfile;
import org.yuqiao.decode.heads.HeadSurvey;
import org.yuqiao.decode.trace.AttentionHead;
import org.yuqiao.decode.trace.AttentionKind;
import org.yuqiao.evaluate.alignment.AlignmentScores;
import org.yuqiao.inference.HeadAnalysis;

/** Survey and pruning of attention heads as tables or as JSON. */
record HeadsOutput(Optional<HeadSurvey.Result> survey, Optional<HeadAnalysis.Pruning> pruning) {

  String text() {
    StringBuilder text = new StringBuilder();
    survey.ifPresent(result -> text.append(profiles(result)).append(alignments(result)));
    pruning.ifPresent(result -> text.append(survey.isPresent() ? "\n" : "").append(pruned(result)));
    return text.toString();
  }

  static String title(AttentionKind kind) {
    return switch (kind) {
      case ENCODER -> "encoder self-attention";
      case DECODER -> "decoder self-attention";
      case CROSS -> "cross-attention";
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** One table a kind: percent of attention by target, entropy in nats, type. */
  private static String profiles(HeadSurvey.Result result) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<AttentionKind, HeadProfile> uniform : result.uniform().entrySet()) {
      AttentionKind kind = uniform.getKey();
      List<AttentionTarget> targets = List.copyOf(uniform.getValue().shares().keySet());
      text.append(title(kind))
          .append(": percent of attention, entropy, type (percent of tokens)\n");
      text.append("layer head");
      targets.forEach(target -> text.append(format("%10s", word(target))));
      text.append("   entropy  type\n");
      result
          .heads()
          .forEach(
              (head, profile) -> {
                if (head.kind() == kind) {
                  String name = format("%5d %4d", head.layer(), head.head());
                  text.append(row(name, targets, profile, type(profile)));
                }
              });
      text.append(row("   uniform", targets, uniform.getValue(), "")).append('\n');
    }
    return text.toString();
  }

  /** The type with the percent of tokens that look at it most. */
  private static String type(HeadProfile profile) {
    return profile
        .type()
        .map(type -> format("%s (%.0f)", word(type), 100 * profile.peaks().get(type)))
        .orElse("mixed");
  }

  private static String row(
      String name, List<AttentionTarget> targets, HeadProfile profile, String type) {
    StringBuilder row = new StringBuilder(name);
    targets.forEach(
        target -> row.append(format("%10.1f", 100 * profile.shares().getOrDefault(target, 0.0))));
    return row.append(format("%10.2f  %s", profile.entropy(), type)).toString().stripTrailing()
        + "\n";
  }

  private static String alignments(HeadSurvey.Result result) {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "word alignment by cross-attention, %d pairs:"
                + " alignment error rate, precision, recall%n",
            result.pairs()));
    text.append(
        format("%-13s%24s%24s%n", "layer head", "when predicting a word", "when reading it"));
    for (HeadAlignment one : result.alignments()) {
      boolean isMean = one.head().isEmpty();
      String head = isMean ? "mean" : Integer.toString(one.head().getAsInt());
      boolean isUsed = isMean && one.layer() == result.alignedLayer();
      text.append(
          format(
              "%5d %4s   %s%s%s%n",
              one.layer(),
              head,
              rates(one.predicting()),
              rates(one.reading()),
              isUsed ? "  when predicting: translate --alignments" : ""));
    }
    text.append(format("%-13s%s%n", "diagonal", rates(result.diagonal())));
    text.append(
        format("%d tokens cover several words, whose links are shared%n", result.spanningTokens()));
    return text.toString();
  }

  private static String rates(AlignmentScores scores) {
    return format("%8.1f%8.1f%8.1f", scores.errorRate(), scores.precision(), scores.recall());
  }

  private static String pruned(HeadAnalysis.Pruning result) {
    StringBuilder text = new StringBuilder();
    HeadAnalysis.Score whole = result.whole();
    text.append(format("without one head, %d sentences%n", result.sentences()));
    text.append("attention  layer head    BLEU  change p (Holm)  perplexity  change\n");
    text.append(format("%-21s%8.2f%28.3f%n", "all heads", whole.bleu(), whole.perplexity()));
    for (HeadAnalysis.Pruned one : result.heads()) {
      AttentionHead head = one.head();
      HeadAnalysis.Score score = one.score();
      text.append(
          format(
              "%-10s %5d %4d%8.2f%+8.2f%9.3f%12.3f%+8.3f%n",
              word(head.kind()),
              head.layer(),
              head.head(),
              score.bleu(),
              score.bleu() - whole.bleu(),
              one.adjustedPValue(),
              score.perplexity(),
              score.perplexity() - whole.perplexity()));
    }
    return text.append(result.signature()).append('\n').toString();
  }

  /** One object with "heads", "uniform" and "alignments" of the survey, and "pruning". */
  String json() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    survey.ifPresent(result -> put(object, result));
    pruning.ifPresent(result -> put(object.putObject("pruning"), result));
    return object.toString();
  }

  private static void put(ObjectNode object, HeadSurvey.Result result) {
    object.put("pairs", result.pairs());
    ArrayNode heads = object.putArray("heads");
    result.heads().forEach((head, profile) -> put(put(heads.addObject(), head), profile));
    ObjectNode uniform = object.putObject("uniform");
    result.uniform().forEach((kind, profile) -> put(uniform.putObject(word(kind)), profile));
    ArrayNode alignments = object.putArray("alignments");
    for (HeadAlignment one : result.alignments()) {
      ObjectNode node = alignments.addObject().put("layer", one.layer());
      one.head().ifPresent(head -> node.put("head", head));
      put(node.putObject("predicting"), one.predicting());
      put(node.putObject("reading"), one.reading());
    }
    object.put("alignedLayer", result.alignedLayer());
    put(object.putObject("diagonal"), result.diagonal());
    object.put("spanningTokens", result.spanningTokens());
  }

  private static ObjectNode put(ObjectNode node, AttentionHead head) {
    return node.put("attention", word(head.kind()))
        .put("layer", head.layer())
        .put("head", head.head());
  }

  private static void put(ObjectNode node, HeadProfile profile) {
    ObjectNode shares = node.putObject("shares");
    profile.shares().forEach((target, share) -> shares.put(word(target), share));
    ObjectNode peaks = node.putObject("peaks");
    profile.peaks().forEach((target, share) -> peaks.put(word(target), share));
    node.put("entropy", profile.entropy());
    profile.type().ifPresent(type -> node.put("type", word(type)));
  }

  private static void put(ObjectNode node, AlignmentScores scores) {
    node.put("errorRate", scores.errorRate())
        .put("errorRateLow", scores.interval().low())
        .put("errorRateHigh", scores.interval().high())
        .put("precision", scores.precision())
        .put("recall", scores.recall())
        .put("links", scores.links());
  }

  private static void put(ObjectNode node, HeadAnalysis.Pruning result) {
    node.put("sentences", result.sentences()).put("signature", result.signature());
    node.put("bleu", result.whole().bleu()).put("perplexity", result.whole().perplexity());
    ArrayNode heads = node.putArray("without");
    for (HeadAnalysis.Pruned one : result.heads()) {
      put(heads.addObject(), one.head())
          .put("bleu", one.score().bleu())
          .put("pValue", one.pValue())
          .put("adjustedPValue", one.adjustedPValue())
          .put("perplexity", one.score().perplexity());
    }
  }
}
