package org.yuqiao.embedding.word2vec;

import java.util.List;
import java.util.function.Consumer;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.embedding.vectors.MergedSentence;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;
import org.yuqiao.text.WordSegmenter;
import org.yuqiao.text.normalize.TextNormalizer;

/** Sentence pairs as text of both languages: each pair is one merged sentence. */
public record BilingualCorpus(List<CorpusFiles> files, WordSegmenter segmenter)
    implements SentenceSource {
  /** Refuses standard input and pipes, since the corpora are read several times, and plain text. */
  public BilingualCorpus {
    for (CorpusFiles file : files) {
      file.requireRereadable("training");
      InvalidInputException.require(
          file.plainTextLanguage().isEmpty(),
          file.name() + " holds sentences of one language; expected sentence pairs");
    }
  }

  @Override
  public void forEach(Consumer<List<String>> sentences) {
    TextNormalizer chinese = TextNormalizer.of(Language.ZH, true);
    TextNormalizer english = TextNormalizer.of(Language.EN, true);
    for (CorpusFiles file : files) {
      file.forEach(
          pair ->
              sentences.accept(
                  MergedSentence.of(
                      segmenter.words(chinese.apply(pair.side(Language.ZH))),
                      segmenter.words(english.apply(pair.side(Language.EN))))));
    }
  }
}
