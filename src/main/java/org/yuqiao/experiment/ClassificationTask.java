package org.yuqiao.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.corpus.ClassifiedSentence;
import org.yuqiao.corpus.EncodedPair;
import org.yuqiao.decode.Labeller;
import org.yuqiao.evaluate.LabelScores;
import org.yuqiao.files.BadInput;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.text.normalize.TextNormalizer;
import org.yuqiao.train.Feeding;
import org.yuqiao.train.HeldOutLoss;
import org.yuqiao.train.LabelFeeding;
import org.yuqiao.train.LabelValidator;
import org.yuqiao.train.Validator;

/** To tell a label of every sentence. */
final class ClassificationTask extends EncoderTask {
  ClassificationTask(ExperimentSettings settings, RunFolder run) {
    super(settings, run);
  }

  private static List<ClassifiedSentence> read(List<String> files) {
    List<ClassifiedSentence> sentences = new ArrayList<>();
    files.forEach(file -> sentences.addAll(ClassifiedSentence.all(Path.of(file))));
    if (sentences.isEmpty()) {
      throw new BadInput("there is no labelled sentence in " + String.join(", ", files));
    }
    return sentences;
  }

  /** Without the sentences that the model is to be tested on. */
  private List<ClassifiedSentence> training() {
    ExperimentSettings.Data data = settings().data();
    Set<String> heldOut = new HashSet<>();
    Stream.concat(data.valid().stream(), data.test().stream())
        .forEach(file -> read(List.of(file)).forEach(one -> heldOut.add(one.text())));
    return read(data.train()).stream()
        .filter(sentence -> !heldOut.contains(sentence.text()))
        .limit(data.most())
        .toList();
  }

  @Override
  Stream<String> text() {
    TextNormalizer normalizer = normalizer();
    return training().stream().map(one -> normalizer.apply(one.text()));
  }

  @Override
  public void prepare() {
    super.prepare();
    LabelSet.of(training().stream().map(ClassifiedSentence::label).toList(), false)
        .write(run().labels());
  }

  LabelSet labels() {
    return LabelSet.read(run().labels());
  }

  Classifier.Encoding encoding() {
    return new Classifier.Encoding(tokenizer(), normalizer(), most());
  }

  @Override
  public EncoderOnly model() {
    EncoderOnly.Output output = new EncoderOnly.Output.Labels(labels().labels().size());
    return new EncoderOnly(settings().model(), tokenizer().size(), output, DataType.FLOAT);
  }

  @Override
  public Iterator<EncodedPair> examples() {
    return encoded(training()).iterator();
  }

  private List<EncodedPair> encoded(List<ClassifiedSentence> sentences) {
    LabelSet labels = labels();
    Classifier.Encoding encoding = encoding();
    return sentences.stream()
        .map(one -> new EncodedPair(encoding.of(one.text()), new int[] {labels.id(one.label())}))
        .toList();
  }

  @Override
  public Feeding feeding() {
    return LabelFeeding.sentenceLabels();
  }

  @Override
  public Validator validator(ParameterBuffer parameters, Backend backend) {
    List<ClassifiedSentence> sentences = read(settings().data().valid());
    EncoderOnly model = model();
    Labeller labeller = new Labeller(model, parameters, backend);
    Classifier classifier = new Classifier(labeller, labels(), encoding());
    return new LabelValidator(
        new HeldOutLoss(model, feeding(), parameters, backend, encoded(sentences)),
        labeller,
        () -> LabelScores.ofSentences(expected(sentences), found(classifier, sentences)));
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
        "labelled", "Labels of the test split", "sentence", "label", "as it should be");
  }
}
