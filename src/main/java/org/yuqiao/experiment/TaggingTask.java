package org.yuqiao.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.corpus.ConllReader;
import org.yuqiao.corpus.EncodedPair;
import org.yuqiao.corpus.TaggedSentence;
import org.yuqiao.decode.Labeller;
import org.yuqiao.evaluate.LabelScores;
import org.yuqiao.evaluate.Spans;
import org.yuqiao.files.BadInput;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;
import org.yuqiao.train.Feeding;
import org.yuqiao.train.HeldOutLoss;
import org.yuqiao.train.LabelFeeding;
import org.yuqiao.train.LabelValidator;
import org.yuqiao.train.Validator;

/** To tell a label of every token. */
final class TaggingTask extends EncoderTask {
  TaggingTask(ExperimentSettings settings, RunFolder run) {
    super(settings, run);
  }

  private List<TaggedSentence> read(List<String> files) {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (String file : files) {
      sentences.addAll(ConllReader.all(Path.of(file), settings().data().labelColumn()));
    }
    if (sentences.isEmpty()) {
      throw new BadInput("there is no labelled sentence in " + String.join(", ", files));
    }
    return sentences;
  }

  /** Without the sentences that the model is to be tested on. */
  private List<TaggedSentence> training() {
    ExperimentSettings.Data data = settings().data();
    Set<List<String>> heldOut = new HashSet<>();
    Stream.concat(data.valid().stream(), data.test().stream())
        .forEach(file -> read(List.of(file)).forEach(one -> heldOut.add(one.tokens())));
    return read(data.train()).stream()
        .filter(sentence -> !heldOut.contains(sentence.tokens()))
        .limit(data.most())
        .toList();
  }

  @Override
  Stream<String> text() {
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

  LabelSet labels() {
    return LabelSet.read(run().labels());
  }

  SubwordAlignment alignment() {
    return new SubwordAlignment(tokenizer(), normalizer(), most());
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

  private List<EncodedPair> encoded(List<TaggedSentence> sentences) {
    LabelSet labels = labels();
    SubwordAlignment alignment = alignment();
    List<EncodedPair> examples = new ArrayList<>();
    for (TaggedSentence sentence : sentences) {
      List<Integer> ids = sentence.labels().stream().map(labels::id).toList();
      int at = 0;
      for (SubwordAlignment.Piece piece : alignment.pieces(sentence.tokens())) {
        examples.add(piece.labelled(ids.subList(at, at + piece.starts().length)));
        at += piece.starts().length;
      }
    }
    return examples;
  }

  @Override
  public Feeding feeding() {
    return LabelFeeding.tokenLabels();
  }

  @Override
  public Validator validator(ParameterBuffer parameters, Backend backend) {
    List<TaggedSentence> sentences = read(settings().data().valid());
    EncoderOnly model = model();
    Labeller labeller = new Labeller(model, parameters, backend);
    Tagger tagger = new Tagger(labeller, labels(), alignment());
    List<List<String>> tokens = sentences.stream().map(TaggedSentence::tokens).toList();
    List<List<String>> expected = sentences.stream().map(TaggedSentence::labels).toList();
    return new LabelValidator(
        new HeldOutLoss(model, feeding(), parameters, backend, encoded(sentences)),
        labeller,
        () -> LabelScores.ofTokens(expected, tagger.tag(tokens)));
  }

  @Override
  public Evaluation.Result test(Backend backend, List<String> corpora, LongConsumer progress) {
    List<TaggedSentence> sentences = read(corpora);
    List<List<String>> tokens = sentences.stream().map(TaggedSentence::tokens).toList();
    List<List<String>> expected = sentences.stream().map(TaggedSentence::labels).toList();
    long begun = System.nanoTime();
    List<List<String>> found;
    try (Tagger tagger = Tagger.of(run(), backend)) {
      found = tagger.tag(tokens);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    progress.accept(sentences.size());
    boolean places =
        Spans.arePlaces(expected.stream().flatMap(List::stream).collect(Collectors.toSet()));
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
        "labelled", "Labels of the test split", "sentence", "labelled", "as it should be");
  }
}
