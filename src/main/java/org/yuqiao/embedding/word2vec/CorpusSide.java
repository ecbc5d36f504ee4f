package org.yuqiao.embedding.word2vec;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;
import org.yuqiao.text.WordSegmenter;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * The sentences of one language: a side of parallel corpora, or files of plain sentences in that
 * language, as "a.zh".
 */
public record CorpusSide(List<CorpusFiles> files, Language language, WordSegmenter segmenter)
    implements SentenceSource {
  /** Refuses standard input and pipes, since the corpora are read several times. */
  public CorpusSide {
    files.forEach(file -> file.requireRereadable("training"));
  }

  @Override
  public void forEach(Consumer<List<String>> sentences) {
    TextNormalizer normalizer = TextNormalizer.of(language, true);
    Consumer<String> words =
        sentence -> sentences.accept(segmenter.words(normalizer.apply(sentence)));
    for (CorpusFiles file : files) {
      file.plainTextLanguage().ifPresent(named -> requireOwn(file, named));
      file.forEachSentence(Set.of(language), (side, sentence) -> words.accept(sentence));
    }
  }

  private void requireOwn(CorpusFiles file, Language named) {
    InvalidInputException.require(
        named == language,
        file.name()
            + " is named as "
            + named.englishName()
            + " text; expected "
            + language.englishName());
  }
}
