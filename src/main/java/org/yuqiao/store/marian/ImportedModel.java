package org.yuqiao.store.marian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.TokenizerFiles;

/** The manifest of an imported model, which makes its folder a model folder. */
final class ImportedModel {
  private ImportedModel() {}

  /** Writes the manifest of a folder that has all its other files. */
  static ModelManifest describe(RunFolder run, ExperimentSettings settings, EncoderDecoder model) {
    List<String> names = new ArrayList<>(TokenizerFiles.names(run.path()));
    names.add(0, run.path().relativize(run.settings()).toString());
    names.add(run.path().relativize(run.model()).toString());
    Map<String, ModelManifest.Contents> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, ModelManifest.Contents.of(run.path().resolve(name)));
    }
    long parameters =
        model.shapes().values().stream()
            .mapToLong(shape -> Arrays.stream(shape).reduce(1, (a, b) -> a * b))
            .sum();
    ModelManifest manifest =
        new ModelManifest(
            ModelManifest.FORMAT,
            ModelManifest.VERSION,
            settings.direction(),
            parameters,
            files,
            List.of(),
            Map.of(),
            Map.of());
    // Written last: it marks the folder as complete.
    manifest.write(run.path());
    return manifest;
  }
}
