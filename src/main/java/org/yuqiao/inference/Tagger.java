package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.SequenceLabeler;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.settings.EncoderObjective;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.LabelSet;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Tokenizer;

/** Predicts the label of every token. */
public final class Tagger implements AutoCloseable {
  private final SequenceLabeler labeler;
  private final LabelSet labels;
  private final SubwordAlignment alignment;

  /** A tagger of subwords that {@code labeler} labels. */
  public Tagger(SequenceLabeler labeler, LabelSet labels, SubwordAlignment alignment) {
    this.labeler = labeler;
    this.labels = labels;
    this.alignment = alignment;
  }

  /**
   * Loads the model of a run.
   *
   * @throws org.yuqiao.files.InvalidInputException when the folder is no run, has another
   *     objective, or its training has not ended
   */
  public static Tagger of(RunFolder run, Backend backend) {
    ExperimentSettings settings = run.loadSettings().require(EncoderObjective.TAGGING, run.path());
    Tokenizer tokenizer = run.loadTokenizer(settings.data().language());
    LabelSet labels = LabelSet.read(run.labels());
    EncoderOnly model =
        settings.encoder(tokenizer.size(), new EncoderOnly.Output.Labels(labels.labels().size()));
    SequenceLabeler labeler = new SequenceLabeler(model, ModelWeights.load(run, model), backend);
    return new Tagger(
        labeler,
        labels,
        new SubwordAlignment(tokenizer, settings.normalizer(), settings.maxTokens()));
  }

  /** Whether tokens are characters; otherwise they are separated by spaces. */
  public boolean readsCharacters() {
    return labels.characters();
  }

  /** The tokens of a line of text. */
  public List<String> tokens(String line) {
    if (labels.characters()) {
      return line.codePoints()
          .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
          .mapToObj(Character::toString)
          .toList();
    }
    return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
  }

  /** The labels of the tokens of each sentence. */
  public List<List<String>> tag(List<List<String>> sentences) {
    List<SubwordAlignment.Piece> pieces = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (List<String> sentence : sentences) {
      List<SubwordAlignment.Piece> own = alignment.pieces(sentence);
      pieces.addAll(own);
      counts.add(own.size());
    }
    List<SequenceLabeler.Labeled> found =
        labeler.label(pieces.stream().map(SubwordAlignment.Piece::ids).toList());
    List<List<String>> results = new ArrayList<>();
    int at = 0;
    for (int count : counts) {
      List<String> tags = new ArrayList<>();
      for (int i = at; i < at + count; i++) {
        for (int start : pieces.get(i).starts()) {
          tags.add(labels.labels().get(found.get(i).labels()[start]));
        }
      }
      results.add(tags);
      at += count;
    }
    return results;
  }

  @Override
  public void close() {
    labeler.close();
  }
}
