package org.yuqiao.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The edits of TER: moves phrases of the hypothesis, each time the one that saves most, as long as
 * it saves anything; then counts the edits that are left. The order in which moves are preferred is
 * Tercom's.
 */
final class PhraseShifts {
  private static final int LONGEST_PHRASE = 10;
  private static final int FARTHEST = 50;
  private static final int MOST_TRIALS = 1000;

  private final List<String> reference;
  private int trials;

  PhraseShifts(List<String> reference) {
    this.reference = reference;
  }

  /**
   * A move tried.
   *
   * @param saved edits it saves
   * @param length words moved
   * @param start where from
   * @param target where to
   */
  private record Shift(int saved, int length, int start, int target, List<String> words) {
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

  /** Edits that make {@code hypothesis} the reference, a move counting as one. */
  int edits(List<String> hypothesis) {
    if (reference.isEmpty()) {
      return hypothesis.size();
    }
    List<String> words = hypothesis;
    int shifts = 0;
    while (true) {
      Optional<Shift> best = best(words);
      if (trials >= MOST_TRIALS || best.isEmpty() || best.get().saved() <= 0) {
        return shifts + new EditDistance(words, reference).distance();
      }
      shifts++;
      words = best.get().words();
    }
  }

  private Optional<Shift> best(List<String> words) {
    EditDistance before = new EditDistance(words, reference);
    EditDistance.Alignment alignment = before.alignment();
    Optional<Shift> best = Optional.empty();
    for (int start = 0; start < words.size(); start++) {
      for (int match = 0; match < reference.size(); match++) {
        if (Math.abs(match - start) > FARTHEST) {
          continue;
        }
        int longest = common(words, start, match);
        for (int length = 1; length <= longest; length++) {
          if (isPromising(alignment, start, match, length)) {
            best = bestTarget(words, before, alignment, start, match, length, best);
            if (trials >= MOST_TRIALS) {
              return best;
            }
          }
        }
      }
    }
    return best;
  }

  private int common(List<String> words, int start, int match) {
    int length = 0;
    while (length < LONGEST_PHRASE
        && start + length < words.size()
        && match + length < reference.size()
        && words.get(start + length).equals(reference.get(match + length))) {
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

  private Optional<Shift> bestTarget(
      List<String> words,
      EditDistance before,
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
      List<String> moved = move(words, start, length, target);
      int saved = before.distance() - new EditDistance(moved, reference).distance();
      Shift shift = new Shift(saved, length, start, target, moved);
      trials++;
      if (best.isEmpty() || shift.isBetterThan(best.get())) {
        best = Optional.of(shift);
      }
    }
    return best;
  }

  /** The phrase taken out and put in front of the word that stood at {@code target}. */
  private static List<String> move(List<String> words, int start, int length, int target) {
    List<String> phrase = words.subList(start, start + length);
    List<String> rest = new ArrayList<>(words.subList(0, start));
    rest.addAll(words.subList(start + length, words.size()));
    int at = target < start ? target : target > start + length ? target - length : target;
    rest.addAll(Math.min(at, rest.size()), phrase);
    return rest;
  }
}
