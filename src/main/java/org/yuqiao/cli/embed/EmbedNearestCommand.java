package org.yuqiao.cli.embed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.embedding.query.NearestNeighbors;
import org.yuqiao.embedding.query.Neighbor;
import org.yuqiao.embedding.vectors.WordVectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao embed nearest}: the nearest neighbors of words. */
@Command(
    name = "nearest",
    description = "Lists the nearest neighbors of words by cosine similarity.",
    mixinStandardHelpOptions = true)
final class EmbedNearestCommand implements Callable<Integer> {
  @Mixin private VectorsArgument file;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "WORD", description = "The words.")
  private List<String> words;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of neighbors (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    UsageException.refuseIf(count < 1, "--count must be at least 1, not " + count);
    QueryWords query = QueryWords.in(file, words);
    WordVectors vectors = query.vectors();
    NearestNeighbors neighbors = new NearestNeighbors(vectors);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int row : query.rows()) {
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
