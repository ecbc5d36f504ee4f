package org.yuqiao.corpus.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.yuqiao.RandomText;
import org.yuqiao.ScratchFolder;
import org.yuqiao.SeededProperty;
import org.yuqiao.corpus.pair.SentencePair;

/** Corpora that are converted from format to format. */
class ConversionPropertiesTest {
  @Provide
  Arbitrary<List<List<String>>> pairs() {
    Arbitrary<String> text = RandomText.unicode();
    return Combinators.combine(text, text)
        .as((zh, en) -> List.of(zh, en))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  /**
   * Pairs that all formats can hold: on one line, of characters that XML has, each side in its
   * script.
   */
  @Provide
  Arbitrary<List<List<String>>> plainPairs() {
    return pairs()
        .map(
            pairs ->
                pairs.stream()
                    .map(
                        pair -> List.of(plain(pair.get(0), "IsLatin"), plain(pair.get(1), "IsHan")))
                    .map(pair -> List.of("中" + pair.get(0) + "文", "t" + pair.get(1) + "t"))
                    .toList());
  }

  private static String plain(String text, String otherScript) {
    return text.replaceAll("[\\x00-\\x1F\\uFFFE\\uFFFF\\p{" + otherScript + "}]", "");
  }

  private static List<List<String>> read(CorpusFiles corpus) {
    List<List<String>> pairs = new ArrayList<>();
    corpus.forEach(pair -> pairs.add(List.of(pair.chinese(), pair.english())));
    return pairs;
  }

  private static CorpusFiles written(ScratchFolder folder, List<List<String>> pairs, String name) {
    CorpusFixture fixture = new CorpusFixture(folder.path());
    ObjectMapper json = new ObjectMapper();
    StringBuilder lines = new StringBuilder();
    for (List<String> pair : pairs) {
      lines
          .append(json.createObjectNode().put("zh", pair.get(0)).put("en", pair.get(1)))
          .append('\n');
    }
    return new CorpusFiles(fixture.write(name, lines.toString()));
  }

  @Property(seed = "2026", tries = 60)
  void noPairChangesOnTheWayThroughAllFormats(
      @ForAll("plainPairs") List<List<String>> pairs, @ForAll("order") List<String> formats) {
    try (ScratchFolder folder = ScratchFolder.create()) {
      CorpusFiles corpus = written(folder, pairs, "first.jsonl");
      for (int i = 0; i < formats.size(); i++) {
        String name = folder.resolve(i + formats.get(i)).toString();
        CorpusFiles next =
            new CorpusFiles(
                formats.get(i).equals(".zh") ? name + "," + folder.resolve(i + ".en") : name);
        long count = CorpusConverter.convert(corpus, next, progress -> {});
        assertEquals(pairs.size(), count);
        corpus =
            formats.get(i).startsWith(".tsv") ? new CorpusFiles(next.name() + "#zh=1,en=2") : next;
        assertEquals(pairs, read(corpus), formats.get(i));
      }
    }
  }

  @Provide
  Arbitrary<List<String>> order() {
    return Arbitraries.shuffle(".tsv", ".jsonl", ".tmx", ".zh", ".tsv.gz", ".jsonl.xz");
  }

  /** Line breaks and tabs become spaces in formats of lines, nothing else does. */
  @SeededProperty
  void anyTextStaysInJsonLinesAndOnItsLineInTabSeparatedFiles(
      @ForAll("pairs") List<List<String>> pairs) {
    try (ScratchFolder folder = ScratchFolder.create()) {
      CorpusFiles corpus = written(folder, pairs, "first.jsonl");
      assertEquals(pairs, read(corpus));
      CorpusFiles tsv = new CorpusFiles(folder.resolve("a.tsv").toString());
      CorpusConverter.convert(corpus, tsv, progress -> {});
      List<List<String>> lines = read(new CorpusFiles(tsv.name() + "#zh=1,en=2"));
      List<List<String>> expected = new ArrayList<>();
      corpus.forEach(pair -> expected.add(oneLine(pair, expected.isEmpty())));
      assertEquals(expected, lines);
    }
  }

  private static List<String> oneLine(SentencePair pair, boolean first) {
    String chinese = pair.chinese().replaceAll("[\\t\\r\\n]+", " ");
    // The first character of a file is no text when it is a byte order mark.
    chinese = first && chinese.startsWith("\uFEFF") ? chinese.substring(1) : chinese;
    return List.of(chinese, pair.english().replaceAll("[\\t\\r\\n]+", " "));
  }
}
