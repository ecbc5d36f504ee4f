package org.yuqiao.cli.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.yuqiao.corpus.read.CorpusFiles;

/** Counts lines before long work, for the time left; empty without a terminal to show it on. */
public final class LineCount {
  private static final int BUFFER_BYTES = 1 << 20;

  private LineCount() {}

  /** The pairs of a corpus with one pair per line; empty for other formats. */
  public static OptionalLong ofCorpus(String corpus) {
    if (!Terminal.isPresent()) {
      return OptionalLong.empty();
    }
    Path first = new CorpusFiles(corpus).paths().get(0);
    if (!Files.isRegularFile(first)
        || !first.toString().matches(".*\\.(tsv|txt|jsonl|json|zh|en)")) {
      return OptionalLong.empty(); // a pipe is read once
    }
    try (FileChannel file = FileChannel.open(first)) {
      return count(file);
    } catch (IOException e) {
      return OptionalLong.empty(); // the reader of the corpus reports it
    }
  }

  /** The lines left in standard input if it is a file; its position does not move. */
  @SuppressWarnings("resource") // standard input stays open
  public static OptionalLong ofStandardInput() {
    if (!Terminal.isPresent()) {
      return OptionalLong.empty();
    }
    try {
      return count(new FileInputStream(FileDescriptor.in).getChannel());
    } catch (IOException e) {
      return OptionalLong.empty(); // a pipe has no position
    }
  }

  private static OptionalLong count(FileChannel file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long lines = 0;
    long position = file.position();
    while (position < file.size() && file.read(buffer.clear(), position) > 0) {
      for (int i = 0; i < buffer.position(); i++) {
        lines += buffer.get(i) == '\n' ? 1 : 0;
      }
      position += buffer.position();
    }
    return lines > 0 ? OptionalLong.of(lines) : OptionalLong.empty();
  }
}
