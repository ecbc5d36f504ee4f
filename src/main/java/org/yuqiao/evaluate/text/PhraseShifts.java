package org.yuqiao.evaluate.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The edits of TER: moves phrases of the hypothesis, each time the one that saves most, as long as
 * it saves anything; then counts the edits that are left. The order in which moves are preferred is
 * Tercom's, the limits on trials are Tercom's and sacreBLEU's.
 */
public final class PhraseShifts {
  private static final int LONGEST_PHRASE = 10;
  private static final int FARTHEST = 50;
  private static final int MAX_TRIALS = 1000;

  private final int[] reference;
  private final EditDistance editDistance;
  private int[] words;
  private int distance;
  private int trials;

  /** Words are numbers here: equal words, equal numbers. */
  private PhraseShifts(int[] hypothesis, int[] reference) {
    this.reference = reference;
    this.words = hypothesis;
    this.editDistance = new EditDistance(reference, hypothesis.length);
  }

  /** Edits that make {@code hypothesis} the {@code reference}, a move counting as one. */
  public static int edits(List<String> hypothesis, List<String> reference) {
    if (reference.isEmpty()) {
      return hypothesis.size();
    }
    Map<String, Integer> numbers = new HashMap<>();
    return new PhraseShifts(numbered(hypothesis, numbers), numbered(reference, numbers)).edits();
  }

  private static int[] numbered(List<String> words, Map<String, Integer> numbers) {
    return words.stream()
        .mapToInt(word -> numbers.computeIfAbsent(word, unseen -> numbers.size()))
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
   * A move tried.
   *
   * @param saved edits it saves
   * @param length words moved
   * @param start where from
   * @param target where to
   * @param words the hypothesis after it
   */
  private record Shift(int saved, int length, int start, int target, int[] words) {
    /** More saved, then longer, then from further left, then to further left. */
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

  /** The best move of the words as they stand, whose distance was computed last. */
  private Optional<Shift> best() {
    EditDistance.Alignment alignment = editDistance.alignment();
    Optional<Shift> best = Optional.empty();
    for (int start = 0; start < words.length; start++) {
      int begin = Math.max(0, start - FARTHEST);
      int end = Math.min(reference.length - 1, start + FARTHEST);
      for (int match = begin; match <= end; match++) {
        int longest = common(start, match);
        for (int length = 1; length <= longest; length++) {
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
    while (length < LONGEST_PHRASE
        && start + length < words.length
        && match + length < reference.length
        && words[start + length] == reference[match + length]) {
      length++;
    }
    return length;
  }

  /** Only phrases that stand wrong, to a place that lacks them, not into themselves. */
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

  /** Tries the places before and after each word that the phrase's counterpart is set against. */
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
   * The phrase taken out and put in front of the word that stood at {@code target}; when that is
   * within the phrase or right behind it, as many words further right as it is into the sentence
   * without the phrase.
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
