package org.yuqiao.cli.data;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ShippedModels;
import org.yuqiao.store.WordVectorsFolder;
import org.yuqiao.store.WordVectorsManifest;
import picocli.CommandLine.Command;

/** {@code yuqiao models list}: size and scores of the shipped models. */
@Command(
    name = "list",
    description = "Lists the models in models/ with size and scores.",
    mixinStandardHelpOptions = true)
final class ModelsListCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    ShippedModels shipped = ShippedModels.ofProgram();
    for (RunFolder model : shipped.all()) {
      ModelManifest manifest = ModelManifest.read(model.path()).orElseThrow();
      long bytes =
          manifest.files().values().stream().mapToLong(ModelManifest.Contents::bytes).sum();
      System.out.printf(
          Locale.ROOT,
          "%s  %s  %,d parameters  %.1f MB  %s%n",
          model.path(),
          manifest.direction(),
          manifest.parameters(),
          bytes / 1e6,
          scores(manifest));
    }
    for (WordVectorsFolder folder : shipped.vectors()) {
      WordVectorsManifest manifest = folder.manifest();
      System.out.printf(
          Locale.ROOT,
          "%s  %s  %,d words of %d dimensions  %s%n",
          folder.path(),
          manifest.language().name().toLowerCase(Locale.ROOT),
          manifest.words(),
          manifest.settings().dimension(),
          manifest.settings().algorithm().title());
    }
    return 0;
  }

  private static String scores(ModelManifest manifest) {
    StringBuilder text = new StringBuilder();
    manifest
        .scores()
        .forEach(
            (name, score) -> text.append(String.format(Locale.ROOT, "%s %.2f  ", name, score)));
    return text.toString().strip();
  }
}
