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
import org.yuqiao.files.IoError;
import org.yuqiao.files.TensorFile;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.store.Quantization;
import org.yuqiao.train.Checkpoints;

/**
 * The work of a translation benchmark: models and encoded sentences.
 *
 * @param models an ensemble, mostly of one
 * @param sources token ids, without {@code <eos>}
 */
public record TranslationWorkload(List<WeightedModel> models, List<int[]> sources) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VOCABULARY = 16_000;
  private static final int MIN_LENGTH = 4;
  private static final int MAX_LENGTH = 20;
  private static final long SEED = 1;

  /** Trained models and real sentences. */
  public static TranslationWorkload of(TranslationModel model, List<String> sentences) {
    return new TranslationWorkload(
        model.networks(), sentences.stream().map(model::encode).toList());
  }

  /**
   * Random weights in the base size of "Attention Is All You Need" (table 3), with a vocabulary of
   * 16,000, and random sentences. Such a model rarely predicts {@code <eos>}, so translations have
   * the maximum length.
   *
   * @param int8 whether the weights are quantized
   */
  public static TranslationWorkload baseSize(int sentences, boolean int8) {
    ModelSettings settings =
        ModelSettings.builder()
            .hiddenSize(512)
            .feedForwardSize(2048)
            .heads(8)
            .layers(6)
            .maxPositions(128)
            .build();
    EncoderDecoder model =
        new EncoderDecoder(
            settings,
            new EncoderDecoder.Vocabularies(VOCABULARY, VOCABULARY, false),
            DataType.FLOAT);
    SplittableRandom random = new SplittableRandom(SEED);
    List<int[]> sources = new ArrayList<>();
    for (int i = 0; i < sentences; i++) {
      int length = random.nextInt(MIN_LENGTH, MAX_LENGTH + 1);
      sources.add(random.ints(length, 4, VOCABULARY).toArray());
    }
    ParameterBuffer parameters = model.initialize(SEED);
    TensorFile file = stored(parameters, int8);
    parameters.flat().close();
    PeakMemory.reset();
    return new TranslationWorkload(List.of(WeightedModel.of(model, file)), sources);
  }

  /**
   * The same sentences and models with int8 weights.
   *
   * @throws InvalidInputException if the weights are int8 already
   */
  public TranslationWorkload quantized() {
    List<WeightedModel> quantized = new ArrayList<>();
    for (WeightedModel one : models) {
      if (one.weights().isInt8()) {
        throw new InvalidInputException("the weights are int8 already; expected a float32 model");
      }
      ParameterBuffer parameters = one.weights().parameters();
      quantized.add(WeightedModel.of(one.model(), stored(parameters, true)));
    }
    return new TranslationWorkload(quantized, sources);
  }

  /** Weights in a temporary file, memory-mapped like those of a trained model. */
  private static TensorFile stored(ParameterBuffer parameters, boolean int8) {
    try {
      Path file = Files.createTempFile("yuqiao", ".safetensors");
      file.toFile().deleteOnExit();
      Checkpoints.saveWeights(parameters, file);
      if (int8) {
        Quantization.quantize(file, file);
      }
      return TensorFile.open(file);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write a temporary file: " + IoError.message(e), e);
    }
  }

  /**
   * Writes {@code model.safetensors} and {@code benchmark.json} (settings, sources, translations)
   * for another program to do the same work.
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
          "cannot make the folder " + folder + ": " + IoError.message(e), e);
    }
    Checkpoints.saveWeights(first.weights().parameters(), folder.resolve("model.safetensors"));
    AtomicFile.write(
        folder.resolve("benchmark.json"), out -> out.write(JSON.writeValueAsBytes(content)));
  }
}
