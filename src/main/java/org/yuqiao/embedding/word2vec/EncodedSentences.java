package org.yuqiao.embedding.word2vec;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * A text encoded as word ids in a temporary file, so that it is segmented once and may exceed
 * memory. Threads read it in pieces of whole sentences. Every 200th sentence, at most 500, is held
 * out to measure the loss.
 */
final class EncodedSentences implements AutoCloseable {
  /** The maximum sentence length, as in word2vec.c; longer sentences are split. */
  static final int MAX_LENGTH = 1000;

  private static final int PIECE = 1 << 15;
  private static final int HOLD_OUT_EVERY = 200;
  private static final int MAX_HELD_OUT = 500;

  private final Path file;
  private final FileChannel channel;
  private final List<Long> pieces;
  private final int[] ranks;
  private final WordCounts words;
  private final List<int[]> heldOut;
  private final long trainingWords;

  private EncodedSentences(Path file, Encoder encoder, int minimumCount) throws IOException {
    this.file = file;
    this.pieces = List.copyOf(encoder.pieces);
    this.ranks = new int[encoder.words.size()];
    this.words = encoder.rank(ranks, minimumCount);
    List<int[]> kept = encoder.heldOut.stream().map(this::ranked).toList();
    this.heldOut = kept.stream().filter(s -> s.length > 1).toList();
    this.trainingWords = words.total() - kept.stream().mapToLong(s -> s.length).sum();
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  /**
   * Encodes {@code source} in one read.
   *
   * @throws InvalidInputException when fewer than two words occur often enough, or when the disk is
   *     full
   */
  static EncodedSentences of(SentenceSource source, int minimumCount) {
    Path file = null;
    try {
      file = Files.createTempFile("sentences", ".ids");
      Encoder encoder = new Encoder(file);
      try (encoder) {
        source.forEach(encoder::sentence);
      }
      EncodedSentences result = new EncodedSentences(file, encoder, minimumCount);
      if (result.words.size() < 2) {
        result.close();
        throw new InvalidInputException(
            String.format(
                "word vectors need at least two different words that occur %d times or more; the"
                    + " text has %d (of %,d different words)",
                minimumCount, result.words.size(), encoder.words.size()));
      }
      return result;
    } catch (IOException | UncheckedIOException e) {
      delete(file);
      throw new InvalidInputException(
          "cannot write the temporary file of the text: " + IoError.message(e), e);
    } catch (InvalidInputException e) {
      delete(file);
      throw e;
    }
  }

  /** Assigns ids in order of first occurrence and writes the encoded sentences. */
  private static final class Encoder implements AutoCloseable {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private long[] counts = new long[1 << 12];
    private final List<Long> pieces = new ArrayList<>();
    private final List<int[]> heldOut = new ArrayList<>();
    private final DataOutputStream out;
    private long sentences;
    private long written;
    private long pieceEnd;

    Encoder(Path file) throws IOException {
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    void sentence(List<String> sentence) {
      for (int from = 0; from < sentence.size(); from += MAX_LENGTH) {
        part(sentence.subList(from, Math.min(sentence.size(), from + MAX_LENGTH)));
      }
    }

    private void part(List<String> sentence) {
      int[] ids = new int[sentence.size()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = number(sentence.get(i));
        counts[ids[i]]++;
      }
      sentences++;
      if (sentences % HOLD_OUT_EVERY == 0 && heldOut.size() < MAX_HELD_OUT) {
        heldOut.add(ids);
        return;
      }
      try {
        write(ids);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void write(int[] ids) throws IOException {
      if (written >= pieceEnd) {
        pieces.add(written);
        pieceEnd = written + PIECE;
      }
      out.writeInt(ids.length);
      for (int id : ids) {
        out.writeInt(id);
      }
      written += ids.length + 1;
    }

    private int number(String word) {
      Integer known = numbers.get(word);
      if (known != null) {
        return known;
      }
      int next = words.size();
      numbers.put(word, next);
      words.add(word);
      if (next == counts.length) {
        counts = Arrays.copyOf(counts, 2 * next);
      }
      return next;
    }

    /** Ranks words by descending count; the rank of a word below the minimum count is -1. */
    WordCounts rank(int[] ranks, int minimumCount) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < ranks.length; i++) {
        ranks[i] = -1;
        if (counts[i] >= minimumCount) {
          order.add(i);
        }
      }
      order.sort(Comparator.comparingLong((Integer i) -> -counts[i]).thenComparing(i -> i));
      List<String> ranked = new ArrayList<>();
      long[] rankedCounts = new long[order.size()];
      for (int i : order) {
        ranks[i] = ranked.size();
        rankedCounts[ranked.size()] = counts[i];
        ranked.add(words.get(i));
      }
      return new WordCounts(ranked, rankedCounts);
    }

    @Override
    public void close() throws IOException {
      out.close();
      pieces.add(written);
    }
  }

  private int[] ranked(int[] ids) {
    int[] known = new int[ids.length];
    int n = 0;
    for (int id : ids) {
      if (ranks[id] >= 0) {
        known[n++] = ranks[id];
      }
    }
    return Arrays.copyOf(known, n);
  }

  /** The words and their counts, including held-out sentences. */
  WordCounts words() {
    return words;
  }

  /** The number of training words in one epoch. */
  long trainingWords() {
    return trainingWords;
  }

  /** The held-out sentences. */
  List<int[]> heldOut() {
    return heldOut;
  }

  /** The number of pieces. */
  int pieces() {
    return pieces.size() - 1;
  }

  /** The sentences of a piece in order, without rare words. */
  List<int[]> piece(int number) {
    long from = pieces.get(number);
    int length = (int) (pieces.get(number + 1) - from);
    ByteBuffer bytes = ByteBuffer.allocate(length * Integer.BYTES);
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, from * Integer.BYTES + bytes.position()) < 0) {
          throw new InvalidInputException(
              "the temporary file " + file + " became shorter while it was read");
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot read the temporary file " + file + ": " + IoError.message(e), e);
    }
    return sentences(bytes.flip().asIntBuffer());
  }

  private List<int[]> sentences(IntBuffer ids) {
    List<int[]> sentences = new ArrayList<>();
    while (ids.hasRemaining()) {
      int[] sentence = new int[ids.get()];
      ids.get(sentence);
      sentences.add(ranked(sentence));
    }
    return sentences;
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A leftover temporary file is harmless.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new InvalidInputException("cannot close " + file + ": " + IoError.message(e), e);
    } finally {
      delete(file);
    }
  }
}
