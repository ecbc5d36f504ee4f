package org.yuqiao.store.ctranslate2;

import static org.yuqiao.files.InvalidInputException.require;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.OutputFolder;
import org.yuqiao.files.TensorFile;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.attention.AttentionFunction;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Exports a translation model as a folder that CTranslate2's {@code Translator} loads, with the
 * tokenizers beside it.
 */
public final class CTranslate2Export {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LAYER_NORM_EPSILON = 1e-5;

  private final RunFolder run;
  private final boolean int8;
  private final ExperimentSettings settings;

  /**
   * An export of {@code run}.
   *
   * @param int8 whether matrices are quantized, with a scale for each output
   * @throws org.yuqiao.files.InvalidInputException with the name of the setting that the format
   *     cannot express
   */
  public CTranslate2Export(RunFolder run, boolean int8) {
    this.run = run;
    this.int8 = int8;
    this.settings = run.loadSettings();
    settings.requireTranslation(run.path());
    ModelSettings model = settings.model();
    requireExpressible(model.kind() == ModelKind.ENCODER_DECODER, "kind", model.kind());
    AttentionFunction function = model.attention().function();
    requireExpressible(function == AttentionFunction.SOFTMAX, "attention.function", function);
    DecoderBlockType block = model.decoderBlock();
    requireExpressible(block == DecoderBlockType.SELF_ATTENTION, "decoderBlock", block);
    requireExpressible(
        model.positions() != PositionScheme.TRANSFORMER_XL
            && model.positions() != PositionScheme.ROTARY,
        "positions",
        model.positions());
  }

  private static void requireExpressible(boolean holds, String key, Enum<?> value) {
    require(
        holds,
        "CTranslate2 has no model.%s %s"
            .formatted(key, value.name().toLowerCase(Locale.ROOT).replace('_', '-')));
  }

  /**
   * Writes the folder.
   *
   * @throws org.yuqiao.files.InvalidInputException when there is no model, or {@code folder} is not
   *     empty
   */
  public void write(Path folder) {
    OutputFolder.requireEmpty(folder);
    Tokenizer source = run.loadTokenizer(settings.source());
    Tokenizer target = run.loadTokenizer(settings.target());
    EncoderDecoder model = settings.translationModel(source.size(), target.size());
    RunFolder out = new RunFolder(folder);
    for (Language language : List.of(settings.source(), settings.target())) {
      out.saveTokenizer(language, run.loadTokenizer(language));
    }
    if (source.pieces().equals(target.pieces())) {
      write(folder.resolve("shared_vocabulary.json"), source.pieces());
    } else {
      write(folder.resolve("source_vocabulary.json"), source.pieces());
      write(folder.resolve("target_vocabulary.json"), target.pieces());
    }
    write(folder.resolve("config.json"), config());
    try (TensorFile weights = ModelWeights.open(run, model)) {
      TransformerSpec.of(settings.model(), weights, int8).write(folder.resolve("model.bin"));
    }
  }

  private static void write(Path file, Object root) {
    AtomicFile.write(
        file, out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root)));
  }

  private static ObjectNode config() {
    ObjectNode root = JSON.createObjectNode();
    root.put("add_source_bos", false);
    root.put("add_source_eos", true);
    root.put("bos_token", Tokenizer.SPECIALS.get(Tokenizer.BOS));
    root.put("decoder_start_token", Tokenizer.SPECIALS.get(Tokenizer.BOS));
    root.put("eos_token", Tokenizer.SPECIALS.get(Tokenizer.EOS));
    root.put("layer_norm_epsilon", LAYER_NORM_EPSILON);
    root.put("multi_query_attention", false);
    root.put("unk_token", Tokenizer.SPECIALS.get(Tokenizer.UNK));
    return root;
  }
}
