package org.yuqiao.cli.translate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.InputLines;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.inference.Classifier;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao classify}: predicts a label for each line of standard input. */
@Command(
    name = "classify",
    description =
        "Predicts a label for each line of standard input; prints label, tab, probability.",
    mixinStandardHelpOptions = true)
public final class ClassifyCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The folder of a run with task: classification.")
  private Path model;

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    ObjectNode object = new ObjectMapper().createObjectNode();
    ArrayNode sentences = object.putArray("sentences");
    try (Classifier classifier = Classifier.of(new RunFolder(model), threads.backend())) {
      InputLines.forEachChunk(
          lines -> {
            for (Classifier.Classified prediction : classifier.classify(lines)) {
              if (json) {
                sentences
                    .addObject()
                    .put("label", prediction.label())
                    .put("probability", prediction.probability());
              } else {
                System.out.printf(
                    Locale.ROOT, "%s\t%.4f%n", prediction.label(), prediction.probability());
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
