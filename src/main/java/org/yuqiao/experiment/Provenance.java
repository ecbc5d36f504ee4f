package org.yuqiao.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import org.yuqiao.backend.Backend;
import org.yuqiao.corpus.CorpusFiles;
import org.yuqiao.files.AtomicFile;

/** Writes down what a run was made with, so that it can be made again. */
final class Provenance {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Provenance() {}

  static void write(RunFolder run, ExperimentSettings settings, Backend backend) {
    ObjectNode root = JSON.createObjectNode();
    Properties build = build();
    root.put("version", build.getProperty("version", "unknown"));
    root.put("commit", build.getProperty("commit", "unknown"));
    root.put("begun", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    root.put("java", Runtime.version().toString());
    root.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    root.put("backend", backend.description());
    ArrayNode corpora = root.putArray("corpora");
    ExperimentSettings.Data data = settings.data();
    for (List<String> files : List.of(data.train(), data.valid(), data.test())) {
      for (String file : files) {
        corpora.addObject().put("name", file).put("sha256", new CorpusFiles(file).sha256());
      }
    }
    AtomicFile.write(
        run.provenance(), out -> JSON.writerWithDefaultPrettyPrinter().writeValue(out, root));
  }

  /** What the launcher knows about the program: version and commit. */
  private static Properties build() {
    Properties properties = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream("/yuqiao.properties")) {
      if (in != null) {
        properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the properties are part of the program", e);
    }
    String commit = System.getProperty("yuqiao.commit", "");
    if (!commit.isEmpty()) {
      properties.setProperty("commit", commit);
    }
    return properties;
  }
}
