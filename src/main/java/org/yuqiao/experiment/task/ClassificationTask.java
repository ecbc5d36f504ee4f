package org.yuqiao.experiment.task;

import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.yuqiao.backend.Backend;
import org.yuqiao.corpus.pair.ClassifiedSentence;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.decode.batch.SequenceLabeler;
import org.yuqiao.evaluate.LabelScores;
import org.yuqiao.files.FilePath;
import org.yuqiao.inference.Classifier;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.LabelSet;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.normalize.TextNormalizer;
import org.yuqiao.train.Collator;
import org.yuqiao.train.LabelCollator;

/** Predicts a label for every sentence. */
final class ClassificationTask extends LabelingTask<ClassifiedSentence> {
  ClassificationTask(ExperimentSettings settings, RunFolder run) {
    super(settings, run, ClassifiedSentence::text);
  }

  @Override
  List<ClassifiedSentence> readFile(String file) {
    return ClassifiedSentence.all(FilePath.of(file));
  }

  @Override
  Stream<String> sentences() {
    TextNormalizer normalizer = normalizer();
    return training().stream().map(one -> normalizer.apply(one.text()));
  }

  @Override
  public void prepare() {
    super.prepare();
    LabelSet.of(training().stream().map(ClassifiedSentence::label).toList(), false)
        .write(run().labels());
  }

  private Classifier.Encoding encoding() {
    return new Classifier.Encoding(tokenizer(), normalizer(), settings().maxTokens());
  }

  @Override
  List<Example> encoded(List<ClassifiedSentence> sentences) {
    LabelSet labels = labels();
    Classifier.Encoding encoding = encoding();
    return sentences.stream()
        .map(one -> new Example(encoding.of(one.text()), new int[] {labels.id(one.label())}))
        .toList();
  }

  @Override
  public Collator collator() {
    return LabelCollator.sentenceLabels();
  }

  @Override
  Map<String, Double> scores(List<ClassifiedSentence> sentences, SequenceLabeler labeler) {
    Classifier classifier = new Classifier(labeler, labels(), encoding());
    return LabelScores.ofSentences(expected(sentences), found(classifier, sentences));
  }

  private static List<String> expected(List<ClassifiedSentence> sentences) {
    return sentences.stream().map(ClassifiedSentence::label).toList();
  }

  private static List<String> found(Classifier classifier, List<ClassifiedSentence> sentences) {
    return classifier.classify(sentences.stream().map(ClassifiedSentence::text).toList()).stream()
        .map(Classifier.Classified::label)
        .toList();
  }

  @Override
  public Evaluation.Result test(Backend backend, List<String> corpora, LongConsumer progress) {
    List<ClassifiedSentence> sentences = read(corpora);
    long begun = System.nanoTime();
    List<String> found;
    try (Classifier classifier = Classifier.of(run(), backend)) {
      found = found(classifier, sentences);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    progress.accept(sentences.size());
    List<String> expected = expected(sentences);
    return new Evaluation.Result(
        LabelScores.ofSentences(expected, found),
        Map.of(
            "accuracy", sentences.size() + " sentences",
            "macro-f1", labels().labels().size() + " classes"),
        seconds,
        sentences.stream().map(ClassifiedSentence::text).toList(),
        expected,
        found);
  }

  @Override
  public Wording wording() {
    return new Wording(
        "labeled", "Labels of the test split", "sentence", "label", "as it should be");
  }
}
