package org.yuqiao.cli.embed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.embedding.query.Neighbor;
import org.yuqiao.embedding.query.OddOneOut;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao embed odd-one-out}: the word that does not go with the others. */
@Command(
    name = "odd-one-out",
    description = "The words by their similarity to the mean of all; the first is the odd one out.",
    mixinStandardHelpOptions = true)
final class EmbedOddOneOutCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "VECTORS", description = "A file of word vectors.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "3..*",
      paramLabel = "WORD",
      description = "Three or more words.")
  private List<String> words;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    QueryWords asked = QueryWords.in(file, words);
    List<Neighbor> ranked = new OddOneOut(asked.vectors()).ranked(asked.rows());
    if (json) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.put("odd", ranked.get(0).word());
      object.set("words", NeighborOutput.json(ranked));
      System.out.println(object);
    } else {
      System.out.print(NeighborOutput.text(ranked));
    }
    return 0;
  }
}
