package org.yuqiao.text.sentencepiece;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Byte pair encoding (Sennrich et al. 2016) as SentencePiece does it: of all neighbors that form a
 * piece, those with the highest score are merged first, the leftmost of equal ones.
 */
final class BpeSegmenter implements Segmenter {
  private final SentencePieceFile model;
  private final PieceTrie userDefined;
  private final Map<String, Integer> ids = new HashMap<>();

  BpeSegmenter(SentencePieceFile model, PieceTrie userDefined) {
    this.model = model;
    this.userDefined = userDefined;
    for (int id = 0; id < model.pieces().size(); id++) {
      if (model.pieces().get(id).type().isText()) {
        ids.put(model.pieces().get(id).text(), id);
      }
    }
  }

  /** Neighbors that form a piece; out of date when one of them was merged since. */
  private record Pair(int left, int right, float score, int length) {
    static final Comparator<Pair> ORDER =
        Comparator.comparingDouble((Pair pair) -> -pair.score()).thenComparingInt(Pair::left);
  }

  /** The symbols of one text: a linked list in arrays. */
  private final class Symbols {
    private final List<String> texts = new ArrayList<>();
    private final List<Boolean> frozen = new ArrayList<>();
    private final Map<String, List<String>> halves = new HashMap<>();
    private final PriorityQueue<Pair> pairs = new PriorityQueue<>(Pair.ORDER);
    private int[] before;
    private int[] after;

    Symbols(byte[] text) {
      for (int at = 0; at < text.length; ) {
        int whole = userDefined.longest(text, at);
        int length = whole > 0 ? whole : Math.min(Utf8.length(text[at]), text.length - at);
        texts.add(new String(text, at, length, StandardCharsets.UTF_8));
        frozen.add(whole > 0);
        at += length;
      }
      before = new int[texts.size()];
      after = new int[texts.size()];
      for (int i = 0; i < texts.size(); i++) {
        before[i] = i - 1;
        after[i] = i + 1 < texts.size() ? i + 1 : -1;
      }
    }

    void merge() {
      for (int i = 1; i < texts.size(); i++) {
        offer(i - 1, i);
      }
      for (Pair pair = pairs.poll(); pair != null; pair = pairs.poll()) {
        String left = texts.get(pair.left());
        String right = texts.get(pair.right());
        if (left.isEmpty() || right.isEmpty() || left.length() + right.length() != pair.length()) {
          continue;
        }
        texts.set(pair.left(), left + right);
        texts.set(pair.right(), "");
        int next = after[pair.right()];
        after[pair.left()] = next;
        if (next >= 0) {
          before[next] = pair.left();
        }
        offer(before[pair.left()], pair.left());
        offer(pair.left(), next);
      }
    }

    private void offer(int left, int right) {
      if (left < 0 || right < 0 || frozen.get(left) || frozen.get(right)) {
        return;
      }
      String whole = texts.get(left) + texts.get(right);
      Integer id = ids.get(whole);
      if (id != null) {
        pairs.add(new Pair(left, right, model.pieces().get(id).score(), whole.length()));
        if (model.pieces().get(id).type() == PieceType.UNUSED) {
          halves.put(whole, List.of(texts.get(left), texts.get(right)));
        }
      }
    }

    /** The symbols, an unused one as the two from which it was merged. */
    List<Segment> segments() {
      List<Segment> segments = new ArrayList<>();
      Deque<String> open = new ArrayDeque<>();
      for (int i = texts.isEmpty() ? -1 : 0; i >= 0; i = after[i]) {
        open.push(texts.get(i));
        while (!open.isEmpty()) {
          String text = open.pop();
          Integer id = ids.get(text);
          boolean isUnused = id != null && model.pieces().get(id).type() == PieceType.UNUSED;
          if (isUnused && halves.containsKey(text)) {
            open.push(halves.get(text).get(1));
            open.push(halves.get(text).get(0));
          } else {
            segments.add(new Segment(text, id == null ? model.unknownId() : id));
          }
        }
      }
      return segments;
    }
  }

  @Override
  public List<Segment> cut(byte[] text) {
    Symbols symbols = new Symbols(text);
    symbols.merge();
    return symbols.segments();
  }
}
