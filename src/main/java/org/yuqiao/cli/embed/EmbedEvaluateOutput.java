package org.yuqiao.cli.embed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import org.yuqiao.embedding.evaluation.AnalogyEvaluation;
import org.yuqiao.embedding.evaluation.SimilarityEvaluation;
import org.yuqiao.embedding.query.AnalogyMethod;

/** Results of evaluations as text tables and as JSON. */
final class EmbedEvaluateOutput {
  private final StringBuilder text = new StringBuilder();
  private final ObjectNode object = JsonNodeFactory.instance.objectNode();

  /** Adds the result of a file of analogies. */
  void add(Path file, AnalogyEvaluation.Result result) {
    text.append(
        String.format(
            "%s%n%9s %9s %8s %8s%n", file, "questions", "coverage", "3CosAdd", "3CosMul"));
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("file", file.toString());
    for (AnalogyEvaluation.Section section : result.sections()) {
      line(section);
      fill(node.withArray("sections").addObject().put("name", section.name()), section);
    }
    line(result.total());
    fill(node.putObject("total"), result.total());
    object.withArray("analogies").add(node);
  }

  private void line(AnalogyEvaluation.Section section) {
    text.append(
        String.format(
            Locale.ROOT,
            "%9d %7.1f %% %6.2f %% %6.2f %%  %s%n",
            section.questions(),
            100 * section.coverage(),
            100 * section.accuracy(AnalogyMethod.ADD),
            100 * section.accuracy(AnalogyMethod.MULTIPLY),
            section.name()));
  }

  private static void fill(ObjectNode node, AnalogyEvaluation.Section section) {
    node.put("questions", section.questions())
        .put("covered", section.covered())
        .put("coverage", section.coverage())
        .put("correctAdd", section.correctAdd())
        .put("correctMultiply", section.correctMultiply())
        .put("accuracyAdd", section.accuracy(AnalogyMethod.ADD))
        .put("accuracyMultiply", section.accuracy(AnalogyMethod.MULTIPLY));
  }

  /** Adds the result of a file of word pairs. */
  void add(Path file, SimilarityEvaluation.Result result) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s%nSpearman %.4f on %d of %d pairs%n",
            file,
            result.spearman(),
            result.covered(),
            result.pairs()));
    ObjectNode node = object.withArray("similarity").addObject().put("file", file.toString());
    node.put("pairs", result.pairs()).put("covered", result.covered());
    node.put("coverage", result.coverage());
    if (Double.isNaN(result.spearman())) {
      // JSON has no NaN.
      node.putNull("spearman");
    } else {
      node.put("spearman", result.spearman());
    }
  }

  String text() {
    return text.toString();
  }

  String json() {
    return object.toString();
  }
}
