package org.yuqiao.embedding.word2vec;

import java.util.List;
import java.util.function.Consumer;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.text.Language;
import org.yuqiao.text.WordSegmenter;
import org.yuqiao.text.normalize.TextNormalizer;

/** The sentences of one language of parallel corpora. */
public record CorpusSide(List<CorpusFiles> files, Language language, WordSegmenter segmenter)
    implements SentenceSource {
  /** Refuses standard input and pipes, since the corpora are read several times. */
  public CorpusSide {
    files.forEach(file -> file.requireRereadable("training"));
  }

  @Override
  public void forEach(Consumer<List<String>> sentences) {
    TextNormalizer normalizer = TextNormalizer.of(language, true);
    for (CorpusFiles file : files) {
      PairRecordReader reader = file.open();
      while (reader.hasNext()) {
        String side = reader.nextPair().side(language);
        sentences.accept(segmenter.words(normalizer.apply(side)));
      }
    }
  }
}
