package org.yuqiao.embedding.word2vec;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.Utf8Lines;
import org.yuqiao.text.WordSegmenter;

/** The sentences of plain text files, one a line. */
public record PlainText(List<Path> files, WordSegmenter segmenter) implements SentenceSource {
  /** Refuses standard input and pipes, since the text is read several times. */
  public PlainText {
    files.forEach(file -> InputFile.requireRereadable(file, "training"));
  }

  @Override
  public void forEach(Consumer<List<String>> sentences) {
    for (Path file : files) {
      Utf8Lines.forEach(file, line -> sentences.accept(segmenter.words(line)));
    }
  }
}
