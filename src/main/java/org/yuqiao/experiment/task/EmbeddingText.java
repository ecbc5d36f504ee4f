package org.yuqiao.experiment.task;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.files.Utf8Lines;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * The text that the word vectors of an embedding matrix are learned from, cut into the matrix's own
 * tokens: the training split, then {@code embedding.text}.
 *
 * @param training the cleaned training split
 * @param settings of the run
 * @param tokenizer of the matrix
 * @param languages of the matrix: one, or both where source and target share it
 */
record EmbeddingText(
    Iterable<SentencePair> training,
    ExperimentSettings settings,
    Tokenizer tokenizer,
    List<Language> languages)
    implements SentenceSource {

  @Override
  public void forEach(Consumer<List<String>> sentences) {
    for (SentencePair pair : training) {
      languages.forEach(language -> sentences.accept(tokenizer.cut(pair.side(language))));
    }
    boolean simplify = settings.data().cleaning().simplify();
    Map<Language, Consumer<String>> sides = new EnumMap<>(Language.class);
    for (Language language : languages) {
      TextNormalizer normalizer = TextNormalizer.of(language, simplify);
      sides.put(language, s -> sentences.accept(tokenizer.cut(normalizer.apply(s))));
    }
    settings.embedding().text().forEach(name -> read(new CorpusFiles(name), sides));
  }

  private static void read(CorpusFiles file, Map<Language, Consumer<String>> sides) {
    Optional<Language> plain = file.plainTextLanguage();
    if (plain.isEmpty()) {
      file.forEach(pair -> sides.forEach((side, sentences) -> sentences.accept(pair.side(side))));
    } else if (sides.containsKey(plain.get())) {
      Utf8Lines.forEach(file.paths().get(0), sides.get(plain.get()));
    }
  }
}
