package org.yuqiao.store.graph;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.OutputFolder;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Exports a translation model as a folder: an encoder, a decoder, the tokenizers, and {@code
 * config.json} with inputs, outputs and special tokens.
 */
public final class TranslatorExport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunFolder run;
  private final ExperimentSettings settings;

  /**
   * An export of {@code run}.
   *
   * @throws org.yuqiao.files.InvalidInputException with the name of the setting that graphs cannot
   *     express
   */
  public TranslatorExport(RunFolder run) {
    this.run = run;
    this.settings = run.loadSettings();
    settings.requireTranslation(run.path());
    TranslatorGraphs.requireExpressible(settings.model());
  }

  /**
   * Writes the folder.
   *
   * @param ending of the graphs' files, as {@code onnx}
   * @param graphs makes an empty graph of the format
   * @throws org.yuqiao.files.InvalidInputException when there is no model, or {@code folder} is not
   *     empty
   */
  public <V> void write(Path folder, String ending, Supplier<? extends GraphBuilder<V>> graphs) {
    OutputFolder.requireEmpty(folder);
    Tokenizer source = run.loadTokenizer(settings.source());
    Tokenizer target = run.loadTokenizer(settings.target());
    EncoderDecoder model = settings.translationModel(source.size(), target.size());
    TranslatorGraphs translator =
        new TranslatorGraphs(
            model, ModelWeights.load(run, model), settings.decode().replaceUnknowns());
    ObjectNode config = JSON.createObjectNode();
    config.set("source", side(settings.source(), source));
    config.set("target", side(settings.target(), target));
    config.put("maxPositions", model.settings().maxPositions());
    config.set("tokens", tokens(translator.never()));
    GraphBuilder<V> encoder = graphs.get();
    config.set("encoder", graph("encoder." + ending, translator.encoder(encoder), encoder));
    encoder.save(folder.resolve("encoder." + ending));
    GraphBuilder<V> decoder = graphs.get();
    config.set("decoder", graph("decoder." + ending, translator.decoder(decoder), decoder));
    decoder.save(folder.resolve("decoder." + ending));
    RunFolder out = new RunFolder(folder);
    out.saveTokenizer(settings.source(), source);
    out.saveTokenizer(settings.target(), target);
    AtomicFile.write(
        folder.resolve("config.json"),
        bytes -> bytes.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config)));
  }

  private static ObjectNode side(Language language, Tokenizer tokenizer) {
    return JSON.createObjectNode()
        .put("language", language.code())
        .put("vocabularySize", tokenizer.size());
  }

  private static ObjectNode tokens(List<Integer> never) {
    ObjectNode tokens = JSON.createObjectNode();
    tokens.put("pad", Tokenizer.PAD);
    tokens.put("decoderStart", Tokenizer.BOS);
    tokens.put("eos", Tokenizer.EOS);
    tokens.put("unk", Tokenizer.UNK);
    tokens.set("neverProduced", JSON.valueToTree(never));
    return tokens;
  }

  private static ObjectNode graph(String file, GraphSignature signature, GraphBuilder<?> builder) {
    ObjectNode graph = JSON.createObjectNode().put("file", file);
    graph.set("inputs", values(signature.inputs(), builder));
    graph.set("outputs", values(signature.outputs(), builder));
    return graph;
  }

  /** Names, types and shapes; an axis of any length is given by its name. */
  private static ArrayNode values(List<GraphValue> values, GraphBuilder<?> builder) {
    ArrayNode nodes = JSON.createArrayNode();
    for (GraphValue value : values) {
      ObjectNode node = nodes.addObject();
      node.put("name", value.name());
      node.put("type", builder.nameOf(value.type()));
      ArrayNode shape = node.putArray("shape");
      for (Axis axis : value.axes()) {
        axis.size().ifPresentOrElse(shape::add, () -> shape.add(axis.name()));
      }
    }
    return nodes;
  }
}
