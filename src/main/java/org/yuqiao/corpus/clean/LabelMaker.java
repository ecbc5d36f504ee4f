package org.yuqiao.corpus.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;
import org.yuqiao.text.TaggedWord;
import org.yuqiao.text.normalize.TextNormalizer;

/** Labels one side of a corpus automatically, to try taggers and classifiers. */
public enum LabelMaker {
  /**
   * A character a line with its place in the word (B begin, M middle, E end, S single), and the
   * same with the word's part of speech, as HanLP predicts them.
   */
  TAGGING("conll") {
    @Override
    Optional<String> label(String sentence, Language language) {
      if (language != Language.ZH) {
        throw new InvalidInputException(
            "words are found by HanLP, which knows Chinese: give --language zh");
      }
      List<String> rows = new ArrayList<>();
      for (TaggedWord word : TaggedWord.of(sentence)) {
        List<String> characters = word.word().codePoints().mapToObj(Character::toString).toList();
        for (int i = 0; i < characters.size(); i++) {
          String place = place(i, characters.size());
          rows.add(characters.get(i) + "\t" + place + "\t" + place + "-" + word.tag());
        }
      }
      return rows.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", rows) + "\n\n");
    }
  },

  /**
   * Question, exclamation or statement, by the final punctuation mark, which is removed, so that
   * the label must be predicted from the words. Other sentences are left out.
   */
  CLASSIFICATION("tsv") {
    @Override
    Optional<String> label(String sentence, Language language) {
      String text = sentence.replaceAll("[\u201d\"'\u2019\u300d]+$", "").strip();
      String words = text.replaceAll("[.!?\u3002\uff01\uff1f]+$", "").strip();
      if (words.isEmpty() || words.length() == text.length()) {
        return Optional.empty();
      }
      String marks = text.substring(words.length());
      String label =
          switch (marks.strip()) {
            case "?", "\uff1f" -> "question";
            case "!", "\uff01" -> "exclamation";
            case ".", "\u3002" -> "statement";
            default -> "";
          };
      return label.isEmpty() ? Optional.empty() : Optional.of(label + "\t" + words + "\n");
    }
  };

  private final String ending;

  LabelMaker(String ending) {
    this.ending = ending;
  }

  /** The ending of a file's name, without the dot. */
  public String ending() {
    return ending;
  }

  /** The labeled text of a sentence; empty when it gets no label. */
  abstract Optional<String> label(String sentence, Language language);

  /**
   * The labeled text of a corpus.
   *
   * @throws InvalidInputException when the corpus cannot be read or the language cannot be labeled
   */
  public String of(CorpusFiles corpus, Language language) {
    TextNormalizer normalizer = TextNormalizer.of(language, true);
    StringBuilder text = new StringBuilder();
    corpus.forEach(
        pair -> label(normalizer.apply(pair.side(language)), language).ifPresent(text::append));
    return text.toString();
  }

  private static String place(int i, int length) {
    if (length == 1) {
      return "S";
    }
    if (i == 0) {
      return "B";
    }
    return i == length - 1 ? "E" : "M";
  }
}
