package org.yuqiao.cli.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.experiment.ModelExport;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao export}: the model of a run as a folder of its own. */
@Command(
    name = "export",
    description = {
      "Makes of a complete run a folder with the model alone, a card and hashes.",
      "Such a folder can be copied; it is named with --model as runs are."
    },
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "RUN", description = "The run's folder.")
  private Path run;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the model goes, as models/zh-en.")
  private Path out;

  @Override
  public Integer call() {
    ModelManifest manifest = ModelExport.write(new RunFolder(run), out);
    long bytes = manifest.files().values().stream().mapToLong(ModelManifest.Contents::bytes).sum();
    System.err.printf(Locale.ROOT, "%s: %s, %.1f MB%n", out, manifest.direction(), bytes / 1e6);
    return 0;
  }
}
