package org.yuqiao.cli.embed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import org.yuqiao.embedding.query.Neighbor;

/** Found words and their scores, as people and as programs read them. */
final class NeighborOutput {
  private NeighborOutput() {}

  /** A line for each. */
  static String text(List<Neighbor> neighbors) {
    StringBuilder text = new StringBuilder();
    for (Neighbor neighbor : neighbors) {
      text.append(String.format(Locale.ROOT, "%7.4f  %s%n", neighbor.score(), neighbor.word()));
    }
    return text.toString();
  }

  /** An object for each. */
  static ArrayNode json(List<Neighbor> neighbors) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Neighbor neighbor : neighbors) {
      array.addObject().put("word", neighbor.word()).put("score", neighbor.score());
    }
    return array;
  }
}
