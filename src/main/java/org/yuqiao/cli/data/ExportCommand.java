package org.yuqiao.cli.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.console.CardOptions;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.experiment.ModelExport;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ctranslate2.CTranslate2Export;
import org.yuqiao.store.huggingface.HuggingFaceExport;
import org.yuqiao.store.marian.MarianExport;
import org.yuqiao.store.onnx.OnnxExport;
import org.yuqiao.store.samediff.SameDiffExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao export}: a model folder from a complete run. */
@Command(
    name = "export",
    description = {
      "Exports the model of a complete run to a folder with a model card and SHA-256 hashes.",
      "The folder works with --model like a run, and can be copied elsewhere.",
      "--format huggingface: a Transformer as a folder that Hugging Face Transformers loads, of its"
          + " class marian or pegasus; --format marian: only models whose tokenizers were imported.",
      "--format ctranslate2: a Transformer as a folder that CTranslate2 loads, float32 or int8.",
      "--format samediff: a Transformer as SameDiff graphs of ND4J's own ops, encoder and decoder.",
      "--format onnx: the same as ONNX graphs."
    },
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The folder of the run.")
  private Path run;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "The model folder, e.g. models/zh-en.")
  private Path out;

  @Option(
      names = "--int8",
      description =
          "Quantizes the weights to int8, and scores the test corpora with them where the format is"
              + " yuqiao.")
  private boolean int8;

  @Option(names = "--quantize", paramLabel = "int8", description = "The same as --int8.")
  private Optional<Quantized> quantize = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "yuqiao|huggingface|marian|ctranslate2|samediff|onnx",
      description = "Of the folder (default: yuqiao).")
  private Format format = Format.YUQIAO;

  @Mixin private CardOptions card;

  /** The formats of a model folder. */
  private enum Format {
    YUQIAO,
    HUGGINGFACE,
    MARIAN,
    CTRANSLATE2,
    SAMEDIFF,
    ONNX;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The number types of quantized weights. */
  private enum Quantized {
    INT8;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    boolean quantized = int8 || quantize.isPresent();
    switch (format) {
      case HUGGINGFACE -> {
        refuseInt8(quantized);
        String type = new HuggingFaceExport(new RunFolder(run)).write(out);
        System.err.printf("%s: the class %s of Hugging Face Transformers%n", out, type);
      }
      case MARIAN -> {
        refuseInt8(quantized);
        new MarianExport(new RunFolder(run)).write(out);
      }
      case CTRANSLATE2 -> new CTranslate2Export(new RunFolder(run), quantized).write(out);
      case SAMEDIFF -> {
        refuseInt8(quantized);
        new SameDiffExport(new RunFolder(run)).write(out);
      }
      case ONNX -> {
        refuseInt8(quantized);
        new OnnxExport(new RunFolder(run)).write(out);
      }
      case YUQIAO -> export(quantized);
    }
    return 0;
  }

  private void refuseInt8(boolean quantized) {
    UsageException.refuseIf(
        quantized, "int8 has no effect with --format " + format + "; leave it out");
  }

  private void export(boolean quantized) {
    ModelManifest manifest;
    try (LineProgress progress = new LineProgress("scoring", "sentences")) {
      Backend backend = new Backend(Runtime.getRuntime().availableProcessors());
      manifest =
          new ModelExport(quantized, card.words(), backend, progress::add)
              .write(new RunFolder(run), out);
    }
    long bytes = manifest.files().values().stream().mapToLong(ModelManifest.Contents::bytes).sum();
    System.err.printf(Locale.ROOT, "%s: %s, %.1f MB%n", out, manifest.direction(), bytes / 1e6);
  }
}
