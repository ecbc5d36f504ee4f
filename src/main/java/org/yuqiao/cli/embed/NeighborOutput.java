package org.yuqiao.cli.embed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import org.yuqiao.embedding.query.Neighbor;

/** Words with scores as text and as JSON. */
final class NeighborOutput {
  private NeighborOutput() {}

  /** One line per word. */
  static String text(List<Neighbor> neighbors) {
    StringBuilder text = new StringBuilder();
    for (Neighbor neighbor : neighbors) {
      text.append(String.format(Locale.ROOT, "%7.4f  %s%n", neighbor.score(), neighbor.word()));
    }
    return text.toString();
  }

  /** One object per word. */
  static ArrayNode json(List<Neighbor> neighbors) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Neighbor neighbor : neighbors) {
      array.addObject().put("word", neighbor.word()).put("score", neighbor.score());
    }
    return array;
  }
}
