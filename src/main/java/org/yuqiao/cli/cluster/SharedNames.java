package org.yuqiao.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.FilePath;
import org.yuqiao.settings.ExperimentSettings;

/**
 * Absolute names of the files that an experiment reads: processes of a cluster have other working
 * folders.
 */
public final class SharedNames {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> overrides = new ArrayList<>();

  private SharedNames() {}

  /** The settings to override, as of {@code --set}; none where all names are absolute. */
  public static List<String> overrides(ExperimentSettings settings) {
    SharedNames names = new SharedNames();
    names.corpora("data.train", settings.data().train());
    names.corpora("data.valid", settings.data().valid());
    names.corpora("data.test", settings.data().test());
    List<String> vectors = settings.embedding().files();
    names.file("embedding.init", settings.embedding().init(), vectors);
    names.file("embedding.source", settings.embedding().source(), vectors);
    names.file("embedding.target", settings.embedding().target(), vectors);
    names.corpora("embedding.text", settings.embedding().text());
    names.folder("start.encoder", settings.start().encoder());
    names.folder("start.model", settings.start().model());
    return names.overrides;
  }

  private void corpora(String key, List<String> corpora) {
    add(
        key,
        corpora,
        corpora.stream().map(name -> new CorpusFiles(name).absolute().name()).toList());
  }

  private void file(String key, String name, List<String> files) {
    if (files.contains(name)) {
      add(key, name, absolute(name));
    }
  }

  private void folder(String key, String name) {
    if (!name.equals("none")) {
      add(key, name, absolute(name));
    }
  }

  private static String absolute(String name) {
    return FilePath.of(name).toAbsolutePath().normalize().toString();
  }

  private void add(String key, Object name, Object absolute) {
    if (!name.equals(absolute)) {
      try {
        overrides.add(key + "=" + JSON.writeValueAsString(absolute));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
