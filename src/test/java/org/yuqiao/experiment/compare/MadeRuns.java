package org.yuqiao.experiment.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes folders of complete runs whose translations the test decides. */
record MadeRuns(Path folder, List<String> sources, List<String> references) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A run with some settings that are not the defaults, as YAML. */
  Path write(String name, String settings, List<String> hypotheses) throws IOException {
    Path run = folder.resolve(name);
    Files.createDirectories(run);
    Files.writeString(run.resolve("settings.yaml"), settings);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("finished", "2026-01-02T03:04:05Z");
    result.put("parameters", 1_234_567);
    result.put("steps", 150);
    result.put("epochs", 2);
    result.put("seconds", 90.0);
    result.put("targetTokens", 180_000);
    result.put("peakMemoryBytes", 3L << 29);
    result.put("testSentences", references.size());
    result.put("translationSeconds", 4.5);
    result.put("scores", Map.of("bleu", 1.0));
    result.put("signatures", Map.of());
    Files.writeString(run.resolve("result.json"), JSON.writeValueAsString(result));
    Files.writeString(
        run.resolve("translations.jsonl"),
        IntStream.range(0, references.size())
            .mapToObj(i -> line(sources.get(i), references.get(i), hypotheses.get(i)))
            .collect(Collectors.joining()));
    Files.writeString(
        run.resolve("metrics.jsonl"),
        """
        {"kind":"validation","step":50,"seconds":30,"loss":5.0,"perplexity":148.41,"bleu":1.0}
        {"kind":"validation","step":100,"seconds":60,"loss":4.0,"perplexity":54.60,"bleu":2.5}
        """);
    return run;
  }

  private static String line(String source, String reference, String hypothesis) {
    try {
      return JSON.writeValueAsString(
              Map.of("source", source, "reference", reference, "hypothesis", hypothesis))
          + "\n";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
