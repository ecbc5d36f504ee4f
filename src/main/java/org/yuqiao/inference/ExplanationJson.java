package org.yuqiao.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import org.yuqiao.decode.search.BeamTree;

/** An explained line as one JSON object; keys are the names of record components. */
public final class ExplanationJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(BeamTree.NodeStatus.class, ToStringSerializer.instance));

  private ExplanationJson() {}

  /** The object of line {@code number}, counted from 1. */
  public static ObjectNode object(long number, ExplainedLine line) {
    ObjectNode object = JSON.createObjectNode();
    object.put("line", number);
    object.put("translation", line.translation());
    object.put("alignment", line.alignment().toMoses());
    object.set("sentences", JSON.valueToTree(line.sentences()));
    return object;
  }

  /** The same as text on one line. */
  public static String text(long number, ExplainedLine line) {
    try {
      return JSON.writeValueAsString(object(number, line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
