package org.yuqiao.cli.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import org.yuqiao.decode.search.BeamTree;
import org.yuqiao.inference.ExplainedLine;

/** An explained line as one JSON object. */
final class ExplanationJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(BeamTree.NodeStatus.class, ToStringSerializer.instance));

  private ExplanationJson() {}

  /** The object of line {@code number}, counted from 1; keys are the names of record components. */
  static String of(long number, ExplainedLine line) {
    ObjectNode object = JSON.createObjectNode();
    object.put("line", number);
    object.put("translation", line.translation());
    object.put("alignment", line.alignment().toMoses());
    object.set("sentences", JSON.valueToTree(line.sentences()));
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
