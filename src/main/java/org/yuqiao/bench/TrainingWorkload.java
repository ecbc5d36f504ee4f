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
import org.yuqiao.files.IoError;
import org.yuqiao.files.JsonError;
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
 * The work of a training benchmark: sizes of the model and a few batches, cycled. Written to a
 * folder with the initial weights, it lets another program do the same work.
 *
 * @param size of the model and its batches
 * @param dropout dropout rate
 * @param labelSmoothing of the loss
 * @param learningRate constant learning rate
 * @param sourceVocabulary entries of the source vocabulary
 * @param targetVocabulary entries of the target vocabulary
 * @param batches token ids of the pairs of each batch, without {@code <bos>} and {@code <eos>}
 */
public record TrainingWorkload(
    WorkloadSize size,
    double dropout,
    double labelSmoothing,
    double learningRate,
    int sourceVocabulary,
    int targetVocabulary,
    List<List<Example>> batches) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WORKLOAD = "workload.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final long SEED = 1;
  private static final int SYNTHETIC_BATCHES = 8;
  private static final int CORPUS_BATCHES = 48;

  /** Batches of random ids, all sentences of one length. */
  public static TrainingWorkload synthetic(WorkloadSize size, double dropout) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<Example>> batches = new ArrayList<>();
    for (int i = 0; i < SYNTHETIC_BATCHES; i++) {
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
   * The first batches of training on {@code corpus}, Chinese to English: cleaned, tokenized with a
   * vocabulary trained on it, grouped by length.
   *
   * @param size sentences times length is the maximum number of tokens per side of a batch
   */
  public static TrainingWorkload ofCorpus(WorkloadSize size, double dropout, String corpus) {
    List<SentencePair> pairs = new ArrayList<>();
    new CleanedCorpus(List.of(corpus), CorpusSettings.DEFAULT, List.of()).forEach(pairs::add);
    Tokenizer chinese = learn(size, pairs, Language.ZH);
    Tokenizer english = learn(size, pairs, Language.EN);
    try {
      EncodedCorpus encoded =
          EncodedCorpus.write(
              Files.createTempDirectory("yuqiao-bench"),
              pairs.stream()
                  .map(p -> new Example(chinese.encode(p.chinese()), english.encode(p.english())))
                  .iterator(),
              100);
      try {
        BatchSchedule schedule = new BatchSchedule(encoded, size.sentences() * size.length(), SEED);
        List<List<Example>> batches =
            schedule.epoch(0).stream().limit(CORPUS_BATCHES).map(schedule::pairs).toList();
        return of(size, dropout, chinese.size(), english.size(), batches);
      } finally {
        encoded.delete();
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot write the ids of " + corpus + ": " + IoError.message(e), e);
    }
  }

  private static Tokenizer learn(WorkloadSize size, List<SentencePair> pairs, Language language) {
    SubwordSettings settings =
        new SubwordSettings(size.vocabulary(), Segmentation.NONE, Fallback.BYTE, 2);
    return new TokenizerLearner(settings, language == Language.EN)
        .learn(pairs.stream().map(pair -> pair.side(language)));
  }

  /** Fraction of padding when every batch is padded to its longest sentences. */
  double padding() {
    long tokens = 0;
    long positions = 0;
    for (List<Example> pairs : batches) {
      Batch batch = Batch.of(pairs);
      tokens += batch.sourceTokens() + batch.targetTokens();
      positions += (long) batch.sentences() * (batch.sourceLength() + batch.targetLength());
    }
    return 1 - (double) tokens / positions;
  }

  /** The model that is trained. */
  public EncoderDecoder model() {
    return new EncoderDecoder(
        size.model(dropout),
        new EncoderDecoder.Vocabularies(sourceVocabulary, targetVocabulary, false),
        DataType.FLOAT);
  }

  /** The initial state of training. */
  ModelState start() {
    return ModelState.fresh(model().initialize(SEED));
  }

  /** Adam with a constant learning rate, gradients clipped to norm 1. */
  OptimizerSettings optimizer() {
    return OptimizerSettings.builder().schedule("constant").learningRate(learningRate).build();
  }

  /** Writes the workload and the initial weights to {@code folder}. */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot make the folder " + folder + ": " + IoError.message(e), e);
    }
    AtomicFile.write(folder.resolve(WORKLOAD), out -> JSON.writeValue(out, this));
    Checkpoints.saveWeights(start().parameters(), folder.resolve(WEIGHTS));
  }

  /**
   * Reads a folder that {@link #write} has written.
   *
   * @throws InvalidInputException if the workload is missing or malformed
   */
  public static TrainingWorkload read(Path folder) {
    Path file = folder.resolve(WORKLOAD);
    try {
      return JSON.readValue(file.toFile(), TrainingWorkload.class);
    } catch (FileNotFoundException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file + " is not a workload: " + JsonError.message(e), e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }
}
