package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.store.Quantization;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao quantize}. */
@Command(
    name = "quantize",
    aliases = "quantize",
    description = {
      "Makes a model of about a quarter the size: weights as integers of eight bits.",
      "The new folder is used like the run's own, for everything but training on."
    },
    mixinStandardHelpOptions = true)
public final class QuantizeCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;

  @Option(names = "--model", required = true, paramLabel = "RUN", description = "The run's folder.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to be made.")
  private Path out;

  @Override
  public Integer call() {
    Quantization.Result result = Quantization.run(new RunFolder(model), out);
    System.err.printf(
        Locale.ROOT,
        "yuqiao: weights of %.1f MiB are now %.1f MiB, in %s%n",
        result.bytesBefore() / MEBIBYTE,
        result.bytesAfter() / MEBIBYTE,
        out);
    return 0;
  }
}
