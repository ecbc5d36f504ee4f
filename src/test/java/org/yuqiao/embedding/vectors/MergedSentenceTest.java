package org.yuqiao.embedding.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MergedSentenceTest {
  private static String merged(String source, String target) {
    return String.join("", MergedSentence.of(letters(source), letters(target)));
  }

  private static List<String> letters(String text) {
    return text.chars().mapToObj(Character::toString).toList();
  }

  @Test
  void wordsStandInTheOrderOfTheirRelativePositions() {
    assertEquals("aAbBcC", merged("abc", "ABC"));
    assertEquals("AaB", merged("a", "AB"));
    assertEquals("aAbcBd", merged("abcd", "AB"));
  }

  @Test
  void anEmptySideLeavesTheOther() {
    assertEquals("abc", merged("abc", ""));
    assertEquals("ABC", merged("", "ABC"));
  }

  @Property
  void noWordIsLostAndEachSideKeepsItsOrder(
      @ForAll @Size(max = 20) List<@IntRange(max = 9) Integer> source,
      @ForAll @Size(max = 20) List<@IntRange(max = 9) Integer> target) {
    List<String> first = source.stream().map(i -> "s" + i).toList();
    List<String> second = target.stream().map(i -> "t" + i).toList();
    List<String> merged = MergedSentence.of(first, second);
    assertEquals(first, merged.stream().filter(word -> word.startsWith("s")).toList());
    assertEquals(second, merged.stream().filter(word -> word.startsWith("t")).toList());
  }
}
