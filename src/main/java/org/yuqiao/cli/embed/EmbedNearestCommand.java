package org.yuqiao.cli.embed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.embedding.query.NearestNeighbors;
import org.yuqiao.embedding.query.Neighbor;
import org.yuqiao.embedding.vectors.WordVectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao embed nearest}: the words most similar to a word. */
@Command(
    name = "nearest",
    description = "The words whose vectors are most similar to those of given words.",
    mixinStandardHelpOptions = true)
final class EmbedNearestCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "VECTORS", description = "A file of word vectors.")
  private Path file;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "WORD", description = "The words.")
  private List<String> words;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many to name (${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    QueryWords asked = QueryWords.in(file, words);
    WordVectors vectors = asked.vectors();
    NearestNeighbors neighbors = new NearestNeighbors(vectors);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int row : asked.rows()) {
      List<Neighbor> nearest = neighbors.of(row, count);
      if (json) {
        object.set(vectors.word(row), NeighborOutput.json(nearest));
      } else {
        System.out.print(words.size() > 1 ? vectors.word(row) + "\n" : "");
        System.out.print(NeighborOutput.text(nearest));
      }
    }
    if (json) {
      System.out.println(object);
    }
    return 0;
  }
}
