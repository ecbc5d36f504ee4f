package org.yuqiao.cli.translate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.InputLines;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.inference.TaggedText;
import org.yuqiao.inference.Tagger;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao tag}: predicts a label for each token of standard input. */
@Command(
    name = "tag",
    description = {
      "Predicts a label for each token of standard input; prints one line per line, each span"
          + " followed by a slash and its type.",
      "Tokens are characters if the model was trained on characters, else separated by spaces."
    },
    mixinStandardHelpOptions = true)
public final class TagCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The folder of a run with task: tagging.")
  private Path model;

  @Option(
      names = "--conll",
      description = "Prints CoNLL columns: token, tab, label; an empty line after each sentence.")
  private boolean conll;

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    UsageException.refuseIf(conll && json, "give --conll or --json, not both");
    ObjectNode object = new ObjectMapper().createObjectNode();
    ArrayNode sentences = object.putArray("sentences");
    try (Tagger tagger = Tagger.of(new RunFolder(model), threads.backend())) {
      InputLines.forEachChunk(
          lines -> {
            List<List<String>> tokens = lines.stream().map(tagger::tokens).toList();
            List<List<String>> labels = tagger.tag(tokens);
            for (int i = 0; i < tokens.size(); i++) {
              if (json) {
                ObjectNode one = sentences.addObject();
                tokens.get(i).forEach(one.putArray("tokens")::add);
                labels.get(i).forEach(one.putArray("labels")::add);
              } else {
                System.out.print(text(tokens.get(i), labels.get(i)));
              }
            }
            System.out.flush();
          });
    }
    if (json) {
      System.out.println(object);
    }
    return 0;
  }

  private String text(List<String> tokens, List<String> labels) {
    if (!conll) {
      return TaggedText.of(tokens, labels) + "\n";
    }
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      rows.append(tokens.get(i)).append('\t').append(labels.get(i)).append('\n');
    }
    return rows.append('\n').toString();
  }
}
