package org.yuqiao.corpus.augment;

import com.ibm.icu.text.Transliterator;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.text.Language;

/**
 * Makes a typing error in the source: a Chinese character becomes another one of the same pinyin; a
 * letter or character is left out, doubled or exchanged with the next.
 */
final class Misspelling {
  /** The first level of GB 2312, the 3,755 most frequent characters, begins and ends here. */
  private static final int FIRST_ROW = 0xB0;

  private static final int LAST_ROW = 0xD7;

  private final Language source;
  private final SplittableRandom random;
  private final Map<Integer, List<Integer>> homophones;

  /** Typing errors of texts in {@code source}. */
  Misspelling(Language source, SplittableRandom random) {
    this.source = source;
    this.random = random;
    this.homophones = source == Language.ZH ? homophones() : Map.of();
  }

  /** Frequent characters that are typed alike, by each of them. */
  private static Map<Integer, List<Integer>> homophones() {
    Transliterator pinyin = Transliterator.getInstance("Han-Latin; Latin-ASCII");
    Map<String, List<Integer>> byReading = new HashMap<>();
    Map<Integer, List<Integer>> homophones = new HashMap<>();
    for (int row = FIRST_ROW; row <= LAST_ROW; row++) {
      for (int cell = 0xA1; cell <= 0xFE; cell++) {
        String character =
            Charset.forName("GB2312")
                .decode(ByteBuffer.wrap(new byte[] {(byte) row, (byte) cell}))
                .toString();
        if (Character.isIdeographic(character.codePointAt(0))) {
          List<Integer> alike =
              byReading.computeIfAbsent(
                  pinyin.transliterate(character), reading -> new ArrayList<>());
          alike.add(character.codePointAt(0));
          homophones.put(character.codePointAt(0), alike);
        }
      }
    }
    return homophones;
  }

  /** The pair with one error in its source; empty when that has fewer than four letters. */
  Optional<SentencePair> in(SentencePair pair) {
    int[] text = pair.side(source).codePoints().toArray();
    int[] places = IntStream.range(0, text.length).filter(i -> isTyped(text[i])).toArray();
    if (places.length < 4) {
      return Optional.empty();
    }
    int place = places[random.nextInt(places.length)];
    String wrong = wrong(text, place);
    return wrong.equals(pair.side(source))
        ? Optional.empty()
        : Optional.of(pair.with(source, wrong));
  }

  private boolean isTyped(int character) {
    return source == Language.ZH
        ? Character.isIdeographic(character)
        : (character >= 'a' && character <= 'z');
  }

  private String wrong(int[] text, int place) {
    List<Integer> characters = new ArrayList<>(IntStream.of(text).boxed().toList());
    int kind = source == Language.ZH ? random.nextInt(8) : 5 + random.nextInt(3);
    switch (kind) {
      case 5 -> characters.remove(place);
      case 6 -> characters.add(place, text[place]);
      case 7 -> {
        int next = Math.min(place + 1, text.length - 1);
        characters.set(place, text[next]);
        characters.set(next, text[place]);
      }
      default -> {
        List<Integer> alike = homophones.getOrDefault(text[place], List.of(text[place]));
        characters.set(place, alike.get(random.nextInt(alike.size())));
      }
    }
    StringBuilder result = new StringBuilder();
    characters.forEach(result::appendCodePoint);
    return result.toString();
  }
}
