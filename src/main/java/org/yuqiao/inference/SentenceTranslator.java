package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.BatchLimits;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.explain.UnknownReplacement;
import org.yuqiao.decode.search.SearchListener;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.text.Tokenizer;

/**
 * Translates sentences together; one whose translation is degenerate or lacks a number is searched
 * again. Sessions are made on first use and kept.
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
        withNumbers(searched, search(searched, strategy, progress), strategy).iterator();
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

  /** Searches again, with all numbers protected, where a translation lacks one. */
  private List<List<TranslationModel.Translation>> withNumbers(
      List<SentenceRequest> sentences,
      List<List<TranslationModel.Translation>> found,
      Strategy strategy) {
    List<Integer> lacking =
        IntStream.range(0, found.size())
            .filter(i -> !haveNumbers(sentences.get(i).sentence(), found.get(i)))
            .boxed()
            .toList();
    if (lacking.isEmpty()) {
      return found;
    }
    List<SentenceRequest> requests =
        lacking.stream().map(i -> sentences.get(i).withProtectedNumbers()).toList();
    List<List<TranslationModel.Translation>> again = search(requests, strategy, done -> {});
    List<List<TranslationModel.Translation>> result = new ArrayList<>(found);
    for (int i = 0; i < again.size(); i++) {
      result.set(lacking.get(i), again.get(i));
    }
    return result;
  }

  private static boolean haveNumbers(
      SplitLine.Sentence sentence, List<TranslationModel.Translation> translations) {
    return translations.stream().allMatch(one -> sentence.hasNumbers(one.text()));
  }

  /** The same as token ids. */
  List<List<Hypothesis>> find(
      List<SentenceRequest> sentences, Strategy strategy, LongConsumer progress) {
    List<Translator.Request> requests = sentences.stream().map(this::request).toList();
    List<List<Hypothesis>> found =
        new ArrayList<>(translator(strategy).find(requests, strategy, progress));
    replaceDegenerate(sentences, requests, found, strategy);
    return found;
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
  private void replaceDegenerate(
      List<SentenceRequest> sentences,
      List<Translator.Request> requests,
      List<List<Hypothesis>> found,
      Strategy strategy) {
    Optional<Strategy> second = strategy.withoutRepetition(TranslationModel.NO_REPEAT_NGRAM);
    List<Integer> degenerate = new ArrayList<>();
    for (int i = 0; second.isPresent() && i < found.size(); i++) {
      String best = models.target().decode(found.get(i).get(0).tokens());
      if (models.isDegenerate(sentences.get(i).sentence().text(), best)) {
        degenerate.add(i);
      }
    }
    if (!degenerate.isEmpty()) {
      List<List<Hypothesis>> again =
          translator(second.get())
              .find(degenerate.stream().map(requests::get).toList(), second.get(), done -> {});
      for (int i = 0; i < again.size(); i++) {
        found.set(degenerate.get(i), again.get(i));
      }
    }
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
