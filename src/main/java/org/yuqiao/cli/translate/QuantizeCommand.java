package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.store.Quantization;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao quantize}: an int8 copy of a model. */
@Command(
    name = "quantize",
    description = {
      "Writes an int8 copy of a model, about a quarter of the size.",
      "The copy works wherever a run does, except for further training."
    },
    mixinStandardHelpOptions = true)
public final class QuantizeCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The folder of the run.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the int8 model.")
  private Path out;

  @Override
  public Integer call() {
    Quantization.Result result = Quantization.run(new RunFolder(model), out);
    System.err.printf(
        Locale.ROOT,
        "yuqiao: %.1f MiB of weights quantized to %.1f MiB in %s%n",
        result.bytesBefore() / MEBIBYTE,
        result.bytesAfter() / MEBIBYTE,
        out);
    return 0;
  }
}
