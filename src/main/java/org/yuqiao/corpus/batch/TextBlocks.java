package org.yuqiao.corpus.batch;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.text.Tokenizer;

/**
 * Blocks of text for a language model: whole sentences with &lt;eos&gt; between them, up to a
 * number of tokens, so that a sentence is context for the next ones. A longer sentence is cut.
 */
public final class TextBlocks implements Iterator<Example> {
  private static final int[] NOTHING = {};

  private final Iterator<int[]> sentences;
  private final int most;
  private final boolean joining;
  private int[] left = NOTHING;

  private TextBlocks(Iterator<int[]> sentences, int most, boolean joining) {
    this.sentences = sentences;
    this.most = most;
    this.joining = joining;
  }

  /** Blocks of up to {@code context} tokens. */
  public static TextBlocks joined(Iterator<int[]> sentences, int context) {
    return new TextBlocks(sentences, context, true);
  }

  /** Each sentence is a block of its own, or several of up to {@code most} tokens. */
  public static TextBlocks single(Iterator<int[]> sentences, int most) {
    return new TextBlocks(sentences, most, false);
  }

  @Override
  public boolean hasNext() {
    while (left.length == 0 && sentences.hasNext()) {
      left = sentences.next();
    }
    return left.length > 0;
  }

  /** The next block, both source and target. */
  @Override
  public Example next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more text");
    }
    int[] block = Arrays.copyOf(left, Math.min(most, left.length));
    left = Arrays.copyOfRange(left, block.length, left.length);
    boolean room = joining && left.length == 0;
    while (room && hasNext()) {
      Optional<int[]> longer = joined(block, left, most);
      room = longer.isPresent();
      if (room) {
        block = longer.get();
        left = NOTHING;
      }
    }
    return Example.ofText(block);
  }

  private static Optional<int[]> joined(int[] block, int[] sentence, int most) {
    int length = block.length + 1 + sentence.length;
    if (length > most) {
      return Optional.empty();
    }
    int[] longer = Arrays.copyOf(block, length);
    longer[block.length] = Tokenizer.EOS;
    System.arraycopy(sentence, 0, longer, block.length + 1, sentence.length);
    return Optional.of(longer);
  }
}
