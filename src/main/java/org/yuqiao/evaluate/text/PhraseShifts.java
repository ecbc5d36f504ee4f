package org.yuqiao.evaluate.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the edits of TER: greedy phrase shifts while they reduce the edit distance, then the
 * remaining edits. The preference among shifts is Tercom's, the limits are Tercom's and
 * sacreBLEU's.
 */
public final class PhraseShifts {
  private static final int MAX_PHRASE_LENGTH = 10;
  private static final int MAX_SHIFT_DISTANCE = 50;
  private static final int MAX_TRIALS = 1000;

  private final int[] reference;
  private final EditDistance editDistance;
  private int[] words;
  private int distance;
  private int trials;

  /** Hypothesis and reference as word ids. */
  private PhraseShifts(int[] hypothesis, int[] reference) {
    this.reference = reference;
    this.words = hypothesis;
    this.editDistance = new EditDistance(reference, hypothesis.length);
  }

  /** The edits from {@code hypothesis} to {@code reference}; a shift counts as one. */
  public static int edits(List<String> hypothesis, List<String> reference) {
    if (reference.isEmpty()) {
      return hypothesis.size();
    }
    Map<String, Integer> vocabulary = new HashMap<>();
    return new PhraseShifts(ids(hypothesis, vocabulary), ids(reference, vocabulary)).edits();
  }

  private static int[] ids(List<String> words, Map<String, Integer> vocabulary) {
    return words.stream()
        .mapToInt(word -> vocabulary.computeIfAbsent(word, unseen -> vocabulary.size()))
        .toArray();
  }

  private int edits() {
    distance = editDistance.distance(words);
    int shifts = 0;
    while (true) {
      Optional<Shift> best = best();
      if (trials >= MAX_TRIALS || best.isEmpty() || best.get().saved() <= 0) {
        return shifts + distance;
      }
      shifts++;
      words = best.get().words();
      distance = editDistance.distance(words);
    }
  }

  /**
   * A candidate shift.
   *
   * @param saved the reduction of the edit distance
   * @param length the number of shifted words
   * @param start the first shifted word
   * @param target the word before which the phrase goes
   * @param words the hypothesis after the shift
   */
  private record Shift(int saved, int length, int start, int target, int[] words) {
    /** Prefers more saved edits, then longer phrases, then smaller start, then smaller target. */
    boolean isBetterThan(Shift other) {
      if (saved != other.saved) {
        return saved > other.saved;
      }
      if (length != other.length) {
        return length > other.length;
      }
      return start != other.start ? start < other.start : target < other.target;
    }
  }

  /** The best shift of the current hypothesis, whose distance was computed last. */
  private Optional<Shift> best() {
    EditDistance.Alignment alignment = editDistance.alignment();
    Optional<Shift> best = Optional.empty();
    for (int start = 0; start < words.length; start++) {
      int begin = Math.max(0, start - MAX_SHIFT_DISTANCE);
      int end = Math.min(reference.length - 1, start + MAX_SHIFT_DISTANCE);
      for (int match = begin; match <= end; match++) {
        int maxLength = common(start, match);
        for (int length = 1; length <= maxLength; length++) {
          if (isPromising(alignment, start, match, length)) {
            best = bestTarget(alignment, start, match, length, best);
            if (trials >= MAX_TRIALS) {
              return best;
            }
          }
        }
      }
    }
    return best;
  }

  private int common(int start, int match) {
    int length = 0;
    while (length < MAX_PHRASE_LENGTH
        && start + length < words.length
        && match + length < reference.length
        && words[start + length] == reference[match + length]) {
      length++;
    }
    return length;
  }

  /**
   * Whether the phrase is misaligned, its reference words are unmatched, and its target is outside
   * it.
   */
  private static boolean isPromising(
      EditDistance.Alignment alignment, int start, int match, int length) {
    int position = alignment.position()[match];
    return any(alignment.hypothesisWrong(), start, length)
        && any(alignment.referenceWrong(), match, length)
        && !(start <= position && position < start + length);
  }

  private static boolean any(boolean[] flags, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (flags[i]) {
        return true;
      }
    }
    return false;
  }

  /** Tries the targets around each hypothesis word aligned with the matching reference phrase. */
  private Optional<Shift> bestTarget(
      EditDistance.Alignment alignment,
      int start,
      int match,
      int length,
      Optional<Shift> bestSoFar) {
    Optional<Shift> best = bestSoFar;
    int previous = -1;
    for (int offset = -1; offset < length; offset++) {
      int target = match + offset < 0 ? 0 : alignment.position()[match + offset] + 1;
      if (target == previous) {
        continue;
      }
      previous = target;
      int[] moved = move(start, length, target);
      int saved = distance - editDistance.distance(moved);
      Shift shift = new Shift(saved, length, start, target, moved);
      trials++;
      if (best.isEmpty() || shift.isBetterThan(best.get())) {
        best = Optional.of(shift);
      }
    }
    return best;
  }

  /**
   * The hypothesis with the phrase moved before the word at {@code target}. A target inside or
   * directly after the phrase is an index into the sentence without the phrase.
   */
  private int[] move(int start, int length, int target) {
    int rest = words.length - length;
    int at = target > start + length ? target - length : Math.min(target, rest);
    int[] moved = new int[words.length];
    for (int i = 0; i < rest; i++) {
      moved[i < at ? i : i + length] = words[i < start ? i : i + length];
    }
    System.arraycopy(words, start, moved, at, length);
    return moved;
  }
}
