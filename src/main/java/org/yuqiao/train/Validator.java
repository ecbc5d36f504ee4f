package org.yuqiao.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.backend.Session;
import org.yuqiao.backend.Threads;
import org.yuqiao.corpus.Batch;
import org.yuqiao.corpus.EncodedPair;
import org.yuqiao.decode.DecodingSettings;
import org.yuqiao.decode.Hypothesis;
import org.yuqiao.decode.Translator;
import org.yuqiao.evaluate.Bleu;
import org.yuqiao.evaluate.BleuTokenizer;
import org.yuqiao.evaluate.Chrf;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.LossGraph;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Measures a model on held-out pairs while it is trained: loss on all of them, BLEU and chrF on
 * some, greedily.
 */
public final class Validator implements AutoCloseable {
  private static final int BATCH = 64;

  private final List<EncodedPair> pairs;
  private final List<String> references;
  private final Tokenizer target;
  private final Language language;
  private final LossGraph graph;
  private final Threads threads;
  private final List<Session> sessions = new ArrayList<>();
  private final Translator translator;
  private final int sentences;

  /**
   * A validator that reads {@code parameters} where they are.
   *
   * @param pairs held-out pairs as ids
   * @param references the target side of each as plain text
   * @param sentences how many of them are translated
   */
  public Validator(
      EncoderDecoder model,
      ParameterBuffer parameters,
      Backend backend,
      List<EncodedPair> pairs,
      List<String> references,
      Tokenizer target,
      Language language,
      int sentences) {
    this.pairs = pairs;
    this.references = references;
    this.target = target;
    this.language = language;
    this.sentences = Math.min(sentences, pairs.size());
    this.graph = model.validationGraph(0);
    this.threads = new Threads(backend.threads());
    for (int i = 0; i < backend.threads(); i++) {
      sessions.add(backend.session(graph.graph(), graph.outputs(), parameters));
    }
    this.translator = new Translator(model, parameters, backend, DecodingSettings.GREEDY);
  }

  /** Measures the parameters as they are now. */
  public Progress.Validation validate(long step, double seconds) {
    List<int[]> sources = pairs.stream().limit(sentences).map(EncodedPair::source).toList();
    List<String> hypotheses = new ArrayList<>();
    for (List<Hypothesis> found : translator.translate(sources, done -> {})) {
      hypotheses.add(target.decode(found.get(0).tokens()));
    }
    List<List<String>> expected = List.of(references.subList(0, sentences));
    double bleu = new Bleu(BleuTokenizer.of(language)).corpus(hypotheses, expected);
    double chrf = new Chrf().corpus(hypotheses, expected);
    return new Progress.Validation(step, seconds, loss(), bleu, chrf);
  }

  private record Sums(double likelihood, long tokens) {}

  private double loss() {
    List<Callable<Sums>> tasks = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      int share = i;
      tasks.add(() -> loss(share));
    }
    double likelihood = 0;
    long tokens = 0;
    for (Sums sums : threads.all(tasks)) {
      likelihood += sums.likelihood;
      tokens += sums.tokens;
    }
    return likelihood / tokens;
  }

  private Sums loss(int share) {
    double likelihood = 0;
    long tokens = 0;
    for (int at = share * BATCH; at < pairs.size(); at += sessions.size() * BATCH) {
      Batch batch = Batch.of(pairs.subList(at, Math.min(pairs.size(), at + BATCH)));
      INDArray sum =
          sessions.get(share).run(TrainingStep.feeds(batch)).get(graph.negativeLogLikelihood());
      likelihood += sum.getDouble(0);
      tokens += batch.targetTokens();
    }
    return new Sums(likelihood, tokens);
  }

  @Override
  public void close() {
    threads.close();
    sessions.forEach(Session::close);
    translator.close();
  }
}
