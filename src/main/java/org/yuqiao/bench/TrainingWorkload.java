package org.yuqiao.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.corpus.batch.Batch;
import org.yuqiao.corpus.batch.BatchSchedule;
import org.yuqiao.corpus.batch.EncodedCorpus;
import org.yuqiao.corpus.clean.CleanedCorpus;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Language;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;
import org.yuqiao.train.Checkpoints;
import org.yuqiao.train.ModelState;
import org.yuqiao.train.OptimizerSettings;

/**
 * What is trained when training is measured: the model's sizes and a few batches that are taken in
 * turn. It can be written to a folder together with first weights, so that another program can do
 * exactly the same work.
 *
 * @param size of the model and its batches
 * @param dropout the share of activations dropped
 * @param labelSmoothing of the loss
 * @param rate the learning rate, the same at all steps
 * @param sourceVocabulary entries of the source vocabulary
 * @param targetVocabulary entries of the target vocabulary
 * @param batches ids of the pairs of each batch, without {@code <bos>} and {@code <eos>}
 */
public record TrainingWorkload(
    WorkloadSize size,
    double dropout,
    double labelSmoothing,
    double rate,
    int sourceVocabulary,
    int targetVocabulary,
    List<List<Example>> batches) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WORKLOAD = "workload.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final long SEED = 1;
  private static final int MADE_BATCHES = 8;
  private static final int REAL_BATCHES = 48;

  /** Batches of random ids, all sentences of one length. */
  public static TrainingWorkload made(WorkloadSize size, double dropout) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<Example>> batches = new ArrayList<>();
    for (int i = 0; i < MADE_BATCHES; i++) {
      batches.add(
          Stream.generate(() -> new Example(ids(random, size), ids(random, size)))
              .limit(size.sentences())
              .toList());
    }
    return of(size, dropout, size.vocabulary(), size.vocabulary(), batches);
  }

  private static int[] ids(SplittableRandom random, WorkloadSize size) {
    return random.ints(size.length() - 1L, WorkloadSize.FIRST_ID, size.vocabulary()).toArray();
  }

  private static TrainingWorkload of(
      WorkloadSize size, double dropout, int source, int target, List<List<Example>> batches) {
    return new TrainingWorkload(size, dropout, 0.1, 1e-4, source, target, batches);
  }

  /**
   * The first batches that training on {@code corpus} from Chinese into English would take:
   * cleaned, cut into subwords learnt from it, pairs of like lengths together.
   *
   * @param size its product of sentences and length is the most tokens a side of a batch has
   */
  public static TrainingWorkload ofCorpus(WorkloadSize size, double dropout, String corpus) {
    CleanedCorpus pairs = new CleanedCorpus(List.of(corpus), CorpusSettings.DEFAULT, List.of());
    Tokenizer chinese = learn(size, pairs, Language.ZH);
    Tokenizer english = learn(size, pairs, Language.EN);
    try {
      Path file = Files.createTempFile("yuqiao-bench", ".ids");
      try {
        EncodedCorpus encoded =
            EncodedCorpus.write(
                file,
                stream(pairs)
                    .map(p -> new Example(chinese.encode(p.chinese()), english.encode(p.english())))
                    .iterator(),
                100);
        BatchSchedule schedule = new BatchSchedule(encoded, size.sentences() * size.length(), SEED);
        List<List<Example>> batches =
            schedule.epoch(0).stream().limit(REAL_BATCHES).map(schedule::pairs).toList();
        return of(size, dropout, chinese.size(), english.size(), batches);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot write the ids of " + corpus + ": " + e.getMessage(), e);
    }
  }

  private static Stream<SentencePair> stream(CleanedCorpus pairs) {
    return StreamSupport.stream(pairs.spliterator(), false);
  }

  private static Tokenizer learn(WorkloadSize size, CleanedCorpus pairs, Language language) {
    SubwordSettings settings =
        new SubwordSettings(size.vocabulary(), Segmentation.NONE, Fallback.BYTE, 2);
    return new TokenizerLearner(settings, language == Language.EN)
        .learn(stream(pairs).map(pair -> pair.side(language)));
  }

  /** The share of padding when every batch is padded to its longest sentences. */
  double padding() {
    long tokens = 0;
    long places = 0;
    for (List<Example> pairs : batches) {
      Batch batch = Batch.of(pairs);
      tokens += batch.sourceTokens() + batch.targetTokens();
      places += (long) batch.sentences() * (batch.sourceLength() + batch.targetLength());
    }
    return 1 - (double) tokens / places;
  }

  /** The model that is trained. */
  public EncoderDecoder model() {
    return new EncoderDecoder(
        size.model(dropout),
        new EncoderDecoder.Vocabularies(sourceVocabulary, targetVocabulary, false),
        DataType.FLOAT);
  }

  /** The state training begins with. */
  ModelState start() {
    return ModelState.fresh(model().initialize(SEED));
  }

  /** How the parameters follow their gradients: Adam at one rate, clipped to a norm of 1. */
  OptimizerSettings optimizer() {
    return new OptimizerSettings("constant", rate, 0, 0, 0.9, 0.98, 1e-9, 0, 1);
  }

  /** Writes itself and the first weights to {@code folder}. */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot make the folder " + folder + ": " + e.getMessage(), e);
    }
    AtomicFile.write(folder.resolve(WORKLOAD), out -> JSON.writeValue(out, this));
    Checkpoints.saveWeights(start().parameters(), folder.resolve(WEIGHTS));
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws InvalidInputException when it is absent or damaged
   */
  public static TrainingWorkload read(Path folder) {
    Path file = folder.resolve(WORKLOAD);
    try {
      return JSON.readValue(file.toFile(), TrainingWorkload.class);
    } catch (FileNotFoundException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file + " is not a workload: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
