package org.yuqiao.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.PeakMemory;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.TensorFile;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.store.Quantization;
import org.yuqiao.train.Checkpoints;

/**
 * What is translated for measuring.
 *
 * @param models asked together
 * @param sources token ids, without {@code <eos>}
 */
public record SpeedTask(List<WeightedModel> models, List<int[]> sources) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VOCABULARY = 16_000;
  private static final int SHORTEST = 4;
  private static final int LONGEST = 20;
  private static final long SEED = 1;

  /** Trained models and sentences. */
  public static SpeedTask of(TranslationModel model, List<String> sentences) {
    return new SpeedTask(model.networks(), sentences.stream().map(model::encode).toList());
  }

  /**
   * Random weights in the base size of "Attention Is All You Need" (table 3), with a vocabulary of
   * 16,000, and random sentences. Such a model hardly ever ends a translation, so that all are as
   * long as they may be.
   *
   * @param quantized whether weights are integers of eight bits
   */
  public static SpeedTask ofBaseSize(int sentences, boolean quantized) {
    ModelSettings settings =
        new ModelSettings(512, 2048, 8, 6, 6, 0.1, NormPlacement.PRE, true, 128);
    EncoderDecoder model =
        new EncoderDecoder(
            settings,
            new EncoderDecoder.Vocabularies(VOCABULARY, VOCABULARY, false),
            DataType.FLOAT);
    SplittableRandom random = new SplittableRandom(SEED);
    List<int[]> sources = new ArrayList<>();
    for (int i = 0; i < sentences; i++) {
      int length = random.nextInt(SHORTEST, LONGEST + 1);
      sources.add(random.ints(length, 4, VOCABULARY).toArray());
    }
    ParameterBuffer parameters = model.initialize(SEED);
    TensorFile file = stored(parameters, quantized);
    parameters.flat().close();
    PeakMemory.startAnew();
    return new SpeedTask(List.of(WeightedModel.of(model, file)), sources);
  }

  /**
   * The same sentences for the same models with integers of eight bits as weights.
   *
   * @throws InvalidInputException when they are integers already
   */
  public SpeedTask asIntegers() {
    List<WeightedModel> quantized = new ArrayList<>();
    for (WeightedModel one : models) {
      if (one.weights().isInt8()) {
        throw new InvalidInputException(
            "the model's weights are integers already: there are no floats beside");
      }
      ParameterBuffer parameters = one.weights().parameters();
      quantized.add(WeightedModel.of(one.model(), stored(parameters, true)));
    }
    return new SpeedTask(quantized, sources);
  }

  /** Weights in a file as those of a trained model are, for so long as it is open. */
  private static TensorFile stored(ParameterBuffer parameters, boolean quantized) {
    try {
      Path file = Files.createTempFile("yuqiao", ".safetensors");
      file.toFile().deleteOnExit();
      Checkpoints.saveWeights(parameters, file);
      if (quantized) {
        Quantization.quantize(file, file);
      }
      return TensorFile.open(file);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write a temporary file: " + e.getMessage(), e);
    }
  }

  /**
   * Writes {@code model.safetensors} and {@code benchmark.json} (sizes, sources, translations), so
   * that another program can do the same work.
   */
  public void export(Path folder, List<TranslationSpeed.Result> results) {
    WeightedModel first = models.get(0);
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("model", first.model().settings());
    content.put("vocabularies", first.model().vocabularies());
    content.put("sources", sources);
    List<Map<String, Object>> translations = new ArrayList<>();
    for (TranslationSpeed.Result result : results) {
      translations.add(Map.of("beam", result.beam(), "tokens", result.translations()));
    }
    content.put("translations", translations);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot make the folder " + folder + ": " + e.getMessage(), e);
    }
    Checkpoints.saveWeights(first.weights().parameters(), folder.resolve("model.safetensors"));
    AtomicFile.write(
        folder.resolve("benchmark.json"), out -> out.write(JSON.writeValueAsBytes(content)));
  }
}
