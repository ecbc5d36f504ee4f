package org.yuqiao.cli.embed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.embedding.query.Neighbor;
import org.yuqiao.embedding.query.OddOneOut;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao embed odd-one-out}: the word least similar to the others. */
@Command(
    name = "odd-one-out",
    description = "Ranks words by similarity to their mean; the first is the odd one out.",
    mixinStandardHelpOptions = true)
final class EmbedOddOneOutCommand implements Callable<Integer> {
  @Mixin private VectorsArgument file;

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
    QueryWords query = QueryWords.in(file, words);
    List<Neighbor> ranked = new OddOneOut(query.vectors()).ranked(query.rows());
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
