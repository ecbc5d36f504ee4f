package org.yuqiao.store.marian;

import static org.yuqiao.files.InvalidInputException.require;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.OutputFolder;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.files.TensorFile;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.FeedForwardType;
import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.WeightTying;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.sentencepiece.PieceVocabulary;
import org.yuqiao.text.sentencepiece.SentencePieceTokenizer;

/**
 * Exports a model that was imported, or fine-tuned from one, as a Marian folder of Hugging Face,
 * which {@code from_pretrained} loads.
 */
public final class MarianExport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunFolder run;
  private final ExperimentSettings settings;
  private final SentencePieceTokenizer source;
  private final SentencePieceTokenizer target;

  /**
   * An export of {@code run}.
   *
   * @throws org.yuqiao.files.InvalidInputException with the name of the setting that the format
   *     cannot express
   */
  public MarianExport(RunFolder run) {
    this.run = run;
    this.settings = run.loadSettings();
    settings.requireTranslation(run.path());
    requireExpressible(settings.model());
    this.source = sentencePiece(settings.source());
    this.target = sentencePiece(settings.target());
  }

  private static void requireExpressible(ModelSettings model) {
    AttentionSettings attention = model.attention();
    AttentionSettings paper = AttentionSettings.ofPaper(attention.heads());
    requireEqual("kind", model.kind(), ModelKind.ENCODER_DECODER);
    requireEqual("positions", model.positions(), PositionScheme.SINUSOIDAL_HALVES);
    requireEqual("attention.function", attention.function(), paper.function());
    requireEqual("attention.scale", attention.scale(), paper.scale());
    requireEqual("attention.queryKey", attention.queryKey(), paper.queryKey());
    requireEqual("layerNorm", model.layerNorm(), NormPlacement.POST);
    requireEqual("feedForwardType", model.feedForwardType(), FeedForwardType.PLAIN);
    requireEqual("decoderBlock", model.decoderBlock(), DecoderBlockType.SELF_ATTENTION);
  }

  private static void requireEqual(String key, Enum<?> value, Enum<?> expressible) {
    require(
        value == expressible,
        "a Marian model has no model.%s %s"
            .formatted(key, value.name().toLowerCase(Locale.ROOT).replace('_', '-')));
  }

  private SentencePieceTokenizer sentencePiece(Language language) {
    Tokenizer tokenizer = run.loadTokenizer(language);
    require(
        tokenizer instanceof SentencePieceTokenizer,
        run.path() + " has no SentencePiece tokenizers, which a Marian model needs");
    return (SentencePieceTokenizer) tokenizer;
  }

  /**
   * Writes the folder.
   *
   * @throws org.yuqiao.files.InvalidInputException when the weights are int8, or {@code folder} is
   *     not empty
   */
  public void write(Path folder) {
    OutputFolder.requireEmpty(folder);
    EncoderDecoder model = settings.translationModel(source.size(), target.size());
    try (TensorFile weights = ModelWeights.open(run, model)) {
      require(!weights.isQuantized(), run.model() + " is int8; a Marian model is float32");
      writeWeights(weights, folder.resolve("model.safetensors"));
    }
    source.save(folder.resolve("source.spm"), folder.resolve("vocab.json"));
    boolean shared = settings.model().weightTying() == WeightTying.THREE_WAY;
    target.save(
        folder.resolve("target.spm"), folder.resolve(shared ? "vocab.json" : "target_vocab.json"));
    write(folder.resolve("config.json"), config(shared));
    write(folder.resolve("generation_config.json"), generation());
    ObjectNode tokenizer = JSON.createObjectNode();
    tokenizer.put("tokenizer_class", "MarianTokenizer");
    tokenizer.put("source_lang", settings.source().code());
    tokenizer.put("target_lang", settings.target().code());
    tokenizer.put("separate_vocabs", !shared);
    write(folder.resolve("tokenizer_config.json"), tokenizer);
  }

  private static void write(Path file, ObjectNode root) {
    AtomicFile.write(
        file, out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root)));
  }

  /** A tensor of the format, and the parameter that it is made of. */
  private record Origin(String parameter, long[] shape) {}

  private void writeWeights(TensorFile weights, Path file) {
    Map<String, Origin> origins = new LinkedHashMap<>();
    for (String name : weights.names()) {
      long[] shape = weights.shape(name);
      origins.put(tensor(name), new Origin(name, shape(name, shape)));
    }
    Map<String, long[]> shapes = new LinkedHashMap<>();
    origins.forEach((name, origin) -> shapes.put(name, origin.shape()));
    long[] bias = {1, target.size() - 1};
    shapes.put(MarianNames.OUTPUT_BIAS, bias);
    SafeTensors.write(
        file,
        shapes,
        Map.of(),
        Map.of("format", "pt"),
        name ->
            FloatBuffer.wrap(
                origins.containsKey(name)
                    ? values(weights, origins.get(name).parameter())
                    : new float[(int) bias[1]]));
  }

  private static String tensor(String parameter) {
    return switch (parameter) {
      case "embedding" -> MarianNames.SHARED;
      case "encoder.embedding" -> MarianNames.ENCODER;
      case "decoder.embedding" -> MarianNames.DECODER;
      case "output.weight" -> MarianNames.OUTPUT;
      case "output.bias" -> MarianNames.OUTPUT_BIAS;
      default -> MarianNames.ofLayer(parameter);
    };
  }

  private static long[] shape(String parameter, long[] shape) {
    return switch (parameter) {
      case "embedding", "encoder.embedding", "decoder.embedding" ->
          new long[] {shape[0] - 1, shape[1]};
      case "output.weight" -> new long[] {shape[1] - 1, shape[0]};
      case "output.bias" -> new long[] {1, shape[0] - 1};
      default -> shape.length == 2 ? new long[] {shape[1], shape[0]} : shape;
    };
  }

  private float[] values(TensorFile weights, String parameter) {
    float[] values = weights.floats(parameter);
    long[] shape = weights.shape(parameter);
    return switch (parameter) {
      case "embedding", "decoder.embedding" -> rows(values, (int) shape[1], target.vocabulary());
      case "encoder.embedding" -> rows(values, (int) shape[1], source.vocabulary());
      case "output.weight" ->
          rows(MarianNames.transposed(values, (int) shape[1]), (int) shape[0], target.vocabulary());
      case "output.bias" -> rows(values, 1, target.vocabulary());
      default -> shape.length == 2 ? MarianNames.transposed(values, (int) shape[1]) : values;
    };
  }

  /** Rows in the order of the files' ids, without that of {@code <pad>} here. */
  private static float[] rows(float[] values, int width, PieceVocabulary vocabulary) {
    float[] ordered = new float[values.length - width];
    int[] fileIds = vocabulary.fileIds();
    for (int id = 0; id < fileIds.length; id++) {
      if (fileIds[id] >= 0) {
        System.arraycopy(values, id * width, ordered, fileIds[id] * width, width);
      }
    }
    return ordered;
  }

  private ObjectNode config(boolean shared) {
    ObjectNode root = TransformersConfig.of("marian", "MarianMTModel", settings.model());
    root.put("static_position_embeddings", true);
    root.put("vocab_size", source.size() - 1);
    root.put("decoder_vocab_size", target.size() - 1);
    root.put("share_encoder_decoder_embeddings", shared);
    putIds(root);
    return root;
  }

  private void putIds(ObjectNode root) {
    int pad = target.vocabulary().fileId(Tokenizer.BOS);
    int end = target.vocabulary().fileId(Tokenizer.EOS);
    root.put("pad_token_id", pad);
    root.put("decoder_start_token_id", pad);
    root.put("eos_token_id", end);
    root.put("bos_token_id", end);
    root.put("forced_eos_token_id", end);
  }

  private ObjectNode generation() {
    ObjectNode root = JSON.createObjectNode();
    putIds(root);
    root.putArray("bad_words_ids").addArray().add(target.vocabulary().fileId(Tokenizer.BOS));
    TransformersConfig.putSearch(root, settings.model(), settings.decode());
    return root;
  }
}
