package org.yuqiao.experiment.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yuqiao.backend.Backend;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.corpus.pair.TaggedSentence;
import org.yuqiao.corpus.read.ConllReader;
import org.yuqiao.decode.batch.SequenceLabeler;
import org.yuqiao.evaluate.LabelScores;
import org.yuqiao.evaluate.Spans;
import org.yuqiao.files.FilePath;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.inference.SubwordAlignment;
import org.yuqiao.inference.TaggedText;
import org.yuqiao.inference.Tagger;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.LabelSet;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;
import org.yuqiao.train.Collator;
import org.yuqiao.train.LabelCollator;

/** Predicts a label for every token. */
final class TaggingTask extends LabelingTask<TaggedSentence> {
  TaggingTask(ExperimentSettings settings, RunFolder run) {
    super(settings, run, TaggedSentence::tokens);
  }

  @Override
  List<TaggedSentence> readFile(String file) {
    return ConllReader.all(FilePath.of(file), settings().data().labelColumn());
  }

  @Override
  Stream<String> sentences() {
    TextNormalizer normalizer = normalizer();
    return training().stream().flatMap(one -> one.tokens().stream()).map(normalizer::apply);
  }

  @Override
  public void prepare() {
    super.prepare();
    List<TaggedSentence> sentences = training();
    Set<String> labels = new TreeSet<>();
    boolean characters = true;
    for (TaggedSentence sentence : sentences) {
      labels.addAll(sentence.labels());
      characters &= sentence.tokens().stream().allMatch(t -> t.codePointCount(0, t.length()) == 1);
    }
    LabelSet.of(labels, characters).write(run().labels());
  }

  private SubwordAlignment alignment() {
    return new SubwordAlignment(tokenizer(), normalizer(), settings().maxTokens());
  }

  @Override
  List<Example> encoded(List<TaggedSentence> sentences) {
    LabelSet labels = labels();
    SubwordAlignment alignment = alignment();
    List<Example> examples = new ArrayList<>();
    for (TaggedSentence sentence : sentences) {
      List<Integer> ids = sentence.labels().stream().map(labels::id).toList();
      int at = 0;
      for (SubwordAlignment.Piece piece : alignment.pieces(sentence.tokens())) {
        examples.add(piece.labeled(ids.subList(at, at + piece.starts().length)));
        at += piece.starts().length;
      }
    }
    return examples;
  }

  @Override
  public Collator collator() {
    return LabelCollator.tokenLabels();
  }

  @Override
  Map<String, Double> scores(List<TaggedSentence> sentences, SequenceLabeler labeler) {
    Tagger tagger = new Tagger(labeler, labels(), alignment());
    return LabelScores.ofTokens(expected(sentences), tagger.tag(tokens(sentences)));
  }

  private static List<List<String>> tokens(List<TaggedSentence> sentences) {
    return sentences.stream().map(TaggedSentence::tokens).toList();
  }

  private static List<List<String>> expected(List<TaggedSentence> sentences) {
    return sentences.stream().map(TaggedSentence::labels).toList();
  }

  @Override
  public Evaluation.Result test(Backend backend, List<String> corpora, LongConsumer progress) {
    List<TaggedSentence> sentences = read(corpora);
    List<List<String>> tokens = tokens(sentences);
    List<List<String>> expected = expected(sentences);
    long begun = System.nanoTime();
    List<List<String>> found;
    try (Tagger tagger = Tagger.of(run(), backend)) {
      found = tagger.tag(tokens);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    progress.accept(sentences.size());
    boolean places =
        Spans.haveScheme(expected.stream().flatMap(List::stream).collect(Collectors.toSet()));
    String unit = places ? "spans" : "tokens";
    String labels = expected.stream().mapToInt(List::size).sum() + " labels";
    return new Evaluation.Result(
        LabelScores.ofTokens(expected, found),
        Map.of("f1", unit, "precision", unit, "recall", unit, "accuracy", labels),
        seconds,
        tokens.stream().map(one -> String.join(language() == Language.ZH ? "" : " ", one)).toList(),
        shown(tokens, expected),
        shown(tokens, found));
  }

  private List<String> shown(List<List<String>> tokens, List<List<String>> labels) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      shown.add(TaggedText.of(tokens.get(i), labels.get(i)));
    }
    return shown;
  }

  @Override
  public Wording wording() {
    return new Wording(
        "labeled", "Labels of the test split", "sentence", "labeled", "as it should be");
  }
}
