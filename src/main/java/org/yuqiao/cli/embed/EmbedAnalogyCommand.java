package org.yuqiao.cli.embed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.embedding.query.Analogy;
import org.yuqiao.embedding.query.AnalogyMethod;
import org.yuqiao.embedding.query.Neighbor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao embed analogy}: answers analogy questions. */
@Command(
    name = "analogy",
    description = "Answers: A is to B as C is to which word? For example: man king woman.",
    mixinStandardHelpOptions = true)
final class EmbedAnalogyCommand implements Callable<Integer> {
  @Mixin private VectorsArgument file;

  @Parameters(index = "1..3", arity = "3", paramLabel = "WORD", description = "A, B and C.")
  private List<String> words;

  @Option(
      names = "--method",
      paramLabel = "add|multiply",
      defaultValue = "add",
      description = "add: 3CosAdd, multiply: 3CosMul (default: ${DEFAULT-VALUE}).")
  private AnalogyMethod method;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of answers (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    UsageException.refuseIf(count < 1, "--count must be at least 1, not " + count);
    QueryWords query = QueryWords.in(file, words);
    List<Integer> rows = query.rows();
    List<Neighbor> answers =
        new Analogy(query.vectors()).answers(rows.get(0), rows.get(1), rows.get(2), method, count);
    if (json) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.set("answers", NeighborOutput.json(answers));
      System.out.println(object);
    } else {
      System.out.print(NeighborOutput.text(answers));
    }
    return 0;
  }
}
