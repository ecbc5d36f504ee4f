package org.yuqiao.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The sentences and sacreBLEU's figures for them; make_expected.py says how they were made. */
final class ReferenceFigures {
  private static final JsonNode INPUTS = read("inputs.json");

  private ReferenceFigures() {}

  static JsonNode read(String name) {
    try (InputStream in = ReferenceFigures.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> hypotheses(String language, String system) {
    return StreamSupport.stream(INPUTS.get(language).spliterator(), false)
        .map(sentence -> sentence.get(system).textValue())
        .toList();
  }

  /** The reference streams of the given indices. */
  static List<List<String>> references(String language, Iterable<JsonNode> indices) {
    List<List<String>> references = new ArrayList<>();
    for (JsonNode index : indices) {
      references.add(
          StreamSupport.stream(INPUTS.get(language).spliterator(), false)
              .map(sentence -> sentence.get("references").get(index.intValue()).textValue())
              .toList());
    }
    return references;
  }

  static double[] doubles(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }
}
