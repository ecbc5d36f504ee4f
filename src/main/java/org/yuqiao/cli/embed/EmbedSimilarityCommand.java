package org.yuqiao.cli.embed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.embedding.query.CosineSimilarity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao embed similarity}: cosine similarities of words. */
@Command(
    name = "similarity",
    description = "Prints the cosine similarity of each pair of the words.",
    mixinStandardHelpOptions = true)
final class EmbedSimilarityCommand implements Callable<Integer> {
  @Mixin private VectorsArgument file;

  @Parameters(
      index = "1..*",
      arity = "2..*",
      paramLabel = "WORD",
      description = "Two or more words.")
  private List<String> words;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    QueryWords query = QueryWords.in(file, words);
    List<Integer> rows = query.rows();
    CosineSimilarity similarity = new CosineSimilarity(query.vectors());
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    ArrayNode pairs = object.putArray("pairs");
    for (int i = 0; i < rows.size(); i++) {
      for (int j = i + 1; j < rows.size(); j++) {
        float cosine = similarity.of(rows.get(i), rows.get(j));
        if (json) {
          pairs
              .addObject()
              .put("first", words.get(i))
              .put("second", words.get(j))
              .put("similarity", cosine);
        } else {
          System.out.printf(Locale.ROOT, "%7.4f  %s  %s%n", cosine, words.get(i), words.get(j));
        }
      }
    }
    if (json) {
      System.out.println(object);
    }
    return 0;
  }
}
