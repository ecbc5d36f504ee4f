package org.yuqiao.cli.translate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.InputLines;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.inference.Classifier;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao classify}: labels the lines of standard input. */
@Command(
    name = "classify",
    description = "Labels each line of standard input: label, tab, probability.",
    mixinStandardHelpOptions = true)
public final class ClassifyCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The folder of a run with task classification.")
  private Path model;

  @Option(names = "--threads", paramLabel = "N", description = "0: one a processor.")
  private int threads;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    ObjectNode object = new ObjectMapper().createObjectNode();
    ArrayNode sentences = object.putArray("sentences");
    try (Classifier classifier = Classifier.of(new RunFolder(model), Threading.backend(threads))) {
      InputLines.forEachChunk(
          lines -> {
            for (Classifier.Classified found : classifier.classify(lines)) {
              if (json) {
                sentences
                    .addObject()
                    .put("label", found.label())
                    .put("probability", found.probability());
              } else {
                System.out.printf(Locale.ROOT, "%s\t%.4f%n", found.label(), found.probability());
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
}
