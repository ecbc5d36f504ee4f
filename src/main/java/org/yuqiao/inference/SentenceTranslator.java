package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.BatchLimits;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.explain.UnknownReplacement;
import org.yuqiao.decode.search.SearchListener;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.text.Tokenizer;

/**
 * Translates sentences together; one whose translation is degenerate or lacks a number or word that
 * the model has read is searched again. Sessions are made on first use and kept.
 */
final class SentenceTranslator implements AutoCloseable {
  private final LoadedModels models;
  private final Backend backend;
  private final Map<StepOutputs, Translator> translators = new HashMap<>();
  private Optional<UnknownReplacement> replacement = Optional.empty();

  SentenceTranslator(LoadedModels models, Backend backend) {
    this.models = models;
    this.backend = backend;
  }

  /** The translations that {@code strategy} finds for each sentence, the best first. */
  List<List<TranslationModel.Translation>> translate(
      List<SentenceRequest> sentences, Strategy strategy, LongConsumer progress) {
    List<SentenceRequest> searched =
        sentences.stream().filter(request -> !request.sentence().isCopied()).toList();
    progress.accept(sentences.size() - searched.size());
    Iterator<List<TranslationModel.Translation>> found =
        withReadSpans(searched, search(searched, strategy, progress), strategy).iterator();
    List<List<TranslationModel.Translation>> result = new ArrayList<>();
    for (SentenceRequest request : sentences) {
      SplitLine.Sentence sentence = request.sentence();
      result.add(
          sentence.isCopied()
              ? List.of(new TranslationModel.Translation(sentence.copy(), OptionalDouble.of(0)))
              : found.next());
    }
    return result;
  }

  private List<List<TranslationModel.Translation>> search(
      List<SentenceRequest> sentences, Strategy strategy, LongConsumer progress) {
    List<List<Hypothesis>> found = find(sentences, strategy, progress);
    List<List<TranslationModel.Translation>> result = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      SplitLine.Sentence sentence = sentences.get(i).sentence();
      result.add(found.get(i).stream().map(one -> translation(sentence, one)).toList());
    }
    return result;
  }

  /** Searches again, with all spans protected, where a translation lacks one that is read. */
  private List<List<TranslationModel.Translation>> withReadSpans(
      List<SentenceRequest> sentences,
      List<List<TranslationModel.Translation>> found,
      Strategy strategy) {
    return replaced(
        found,
        i ->
            found.get(i).stream()
                .allMatch(one -> sentences.get(i).sentence().hasReadSpans(one.text())),
        lacking ->
            search(
                lacking.stream().map(i -> sentences.get(i).withAllProtected()).toList(),
                strategy,
                done -> {}));
  }

  /** Results in which those that are not {@code good} are replaced by the ones of a second try. */
  private static <T> List<T> replaced(
      List<T> found, IntPredicate good, Function<List<Integer>, List<T>> secondTry) {
    List<Integer> places = IntStream.range(0, found.size()).filter(good.negate()).boxed().toList();
    List<T> result = new ArrayList<>(found);
    if (!places.isEmpty()) {
      List<T> again = secondTry.apply(places);
      for (int i = 0; i < again.size(); i++) {
        result.set(places.get(i), again.get(i));
      }
    }
    return result;
  }

  /** The same as token ids. */
  List<List<Hypothesis>> find(
      List<SentenceRequest> sentences, Strategy strategy, LongConsumer progress) {
    List<Translator.Request> requests = sentences.stream().map(this::request).toList();
    return withoutDegeneration(
        sentences,
        requests,
        translator(strategy).find(requests, strategy, progress),
        strategy.withoutRepetition(TranslationModel.NO_REPEAT_NGRAM));
  }

  /** The token ids of the best translation. */
  int[] ids(SplitLine.Sentence sentence, DecodingSettings decoding) {
    return find(List.of(SentenceRequest.of(sentence)), Strategy.withoutScores(decoding), done -> {})
        .get(0)
        .get(0)
        .tokens();
  }

  private Translator.Request request(SentenceRequest request) {
    return new Translator.Request(
        request.sentence().ids(),
        request.prefix(),
        models.placeholders(request.sentence().spans().size()),
        request
            .listener()
            .map(listener -> asText(listener, request.sentence()))
            .orElse(SearchListener.NONE));
  }

  private SearchListener asText(SentenceListener listener, SplitLine.Sentence sentence) {
    return new SearchListener() {
      @Override
      public void advanced(int[] tokens, double[] logProbabilities) {
        List<SentenceListener.ScoredToken> scored = new ArrayList<>();
        for (int i = 0; i < tokens.length; i++) {
          scored.add(
              new SentenceListener.ScoredToken(
                  sentence.withSpans(models.target().piece(tokens[i])), logProbabilities[i]));
        }
        listener.advanced(scored, sentence.withSpans(models.target().decode(tokens)));
      }

      @Override
      public boolean isCancelled() {
        return listener.isCancelled();
      }
    };
  }

  /** Searches again, without repeated n-grams, where the best translation is degenerate. */
  private List<List<Hypothesis>> withoutDegeneration(
      List<SentenceRequest> sentences,
      List<Translator.Request> requests,
      List<List<Hypothesis>> found,
      Optional<Strategy> second) {
    if (second.isEmpty()) {
      return found;
    }
    return replaced(
        found,
        i ->
            !models.isDegenerate(
                sentences.get(i).sentence().text(),
                models.target().decode(found.get(i).get(0).tokens())),
        degenerate ->
            translator(second.get())
                .find(degenerate.stream().map(requests::get).toList(), second.get(), done -> {}));
  }

  /** The translator whose sessions compute what {@code strategy} reads. */
  Translator translator(Strategy strategy) {
    return translators.computeIfAbsent(
        strategy.outputs(),
        outputs -> new Translator(models.models(), backend, strategy, BatchLimits.DEFAULT));
  }

  private TranslationModel.Translation translation(
      SplitLine.Sentence sentence, Hypothesis hypothesis) {
    return new TranslationModel.Translation(
        sentence.restored(text(sentence, hypothesis.tokens())),
        hypothesis.scores().isPresent()
            ? OptionalDouble.of(hypothesis.score())
            : OptionalDouble.empty());
  }

  private String text(SplitLine.Sentence sentence, int[] tokens) {
    if (Arrays.stream(tokens).noneMatch(token -> token == Tokenizer.UNK)) {
      return models.target().decode(tokens);
    }
    if (replacement.isEmpty()) {
      replacement =
          Optional.of(
              new UnknownReplacement(
                  models.models().get(0), models.source(), models.target(), backend));
    }
    return replacement.get().text(sentence.text(), sentence.ids(), tokens);
  }

  @Override
  public void close() {
    replacement.ifPresent(UnknownReplacement::close);
    translators.values().forEach(Translator::close);
  }
}
