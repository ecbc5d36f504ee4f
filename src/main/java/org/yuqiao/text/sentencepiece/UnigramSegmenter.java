package org.yuqiao.text.sentencepiece;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Unigram segmentation (Kudo 2018): the pieces with the maximum sum of log-probabilities, found by
 * the Viterbi algorithm. Scores are kept in float32 and compared in double, as in the SentencePiece
 * library, so that ties fall alike.
 */
final class UnigramSegmenter implements Segmenter {
  /** An unknown character costs this much more than the rarest piece. */
  private static final float UNKNOWN_PENALTY = 10;

  /** The library prefers a user-defined piece to almost any cut by this constant. */
  private static final double USER_DEFINED_SCORE = -0.1;

  private final SentencePieceFile model;
  private final PieceTrie trie;
  private final float unknownScore;

  UnigramSegmenter(SentencePieceFile model, PieceTrie trie) {
    this.model = model;
    this.trie = trie;
    float min = Float.MAX_VALUE;
    for (Piece piece : model.pieces()) {
      if (piece.type() == PieceType.NORMAL) {
        min = Math.min(min, piece.score());
      }
    }
    unknownScore = min - UNKNOWN_PENALTY;
  }

  /** The best paths to each byte: its score, where its last piece begins, and that piece's id. */
  private static final class Paths {
    private static final int NONE = -1;

    private final float[] scores;
    private final int[] starts;
    private final int[] ids;

    Paths(int length) {
      scores = new float[length + 1];
      starts = new int[length + 1];
      ids = new int[length + 1];
      Arrays.fill(starts, NONE);
    }

    void offer(int start, int end, int id, double score) {
      double candidate = score + scores[start];
      if (starts[end] == NONE || candidate > scores[end]) {
        scores[end] = (float) candidate;
        starts[end] = start;
        ids[end] = id;
      }
    }
  }

  @Override
  public List<Segment> cut(byte[] text) {
    Paths paths = new Paths(text.length);
    int start = 0;
    while (start < text.length) {
      int character = Math.min(Utf8.length(text[start]), text.length - start);
      if (!offerPieces(text, start, character, paths)) {
        paths.offer(start, start + character, model.unknownId(), unknownScore);
      }
      start += character;
    }
    Deque<Segment> segments = new ArrayDeque<>();
    for (int end = text.length; end > 0; end = paths.starts[end]) {
      int from = paths.starts[end];
      segments.addFirst(
          new Segment(new String(text, from, end - from, StandardCharsets.UTF_8), paths.ids[end]));
    }
    return List.copyOf(segments);
  }

  /** Offers all pieces that begin at {@code start}; whether one is a single character. */
  private boolean offerPieces(byte[] text, int start, int character, Paths paths) {
    boolean single = false;
    int state = 0;
    for (int end = start; end < text.length; ) {
      state = trie.next(state, text[end++]);
      if (state == PieceTrie.DEAD) {
        break;
      }
      int id = trie.value(state);
      if (id != PieceTrie.NO_PIECE && model.pieces().get(id).type() != PieceType.UNUSED) {
        paths.offer(start, end, id, score(model.pieces().get(id)));
        single |= end - start == character;
      }
    }
    return single;
  }

  private static double score(Piece piece) {
    return piece.type() == PieceType.USER_DEFINED ? USER_DEFINED_SCORE : piece.score();
  }
}
