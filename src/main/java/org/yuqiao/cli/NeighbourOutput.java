package org.yuqiao.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import org.yuqiao.embedding.Neighbour;

/** Found words and their scores, as people and as programs read them. */
final class NeighbourOutput {
  private NeighbourOutput() {}

  /** A line for each. */
  static String text(List<Neighbour> neighbours) {
    StringBuilder text = new StringBuilder();
    for (Neighbour neighbour : neighbours) {
      text.append(String.format(Locale.ROOT, "%7.4f  %s%n", neighbour.score(), neighbour.word()));
    }
    return text.toString();
  }

  /** An object for each. */
  static ArrayNode json(List<Neighbour> neighbours) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Neighbour neighbour : neighbours) {
      array.addObject().put("word", neighbour.word()).put("score", neighbour.score());
    }
    return array;
  }
}
