package org.yuqiao.evaluate.alignment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;
import org.yuqiao.text.Language;

/**
 * A sentence pair whose words were aligned by hand, with sure and possible links (Och and Ney 2003,
 * section 5).
 *
 * @param sure links that everyone would draw
 * @param possible all links, the sure ones included
 */
public record GoldAlignment(
    SplitSentence source, SplitSentence target, Set<WordLink> sure, Set<WordLink> possible) {
  private static final Pattern LINK = Pattern.compile("(\\d{1,4})([-p])(\\d{1,4})");

  /**
   * Reads Chinese-English alignments, a pair a line: Chinese words, tab, English words, tab, links
   * as {@code 0-0 1p2}, {@code -} sure and {@code p} possible.
   *
   * @throws InvalidInputException naming the line that is not so
   */
  public static List<GoldAlignment> read(Path file) {
    List<GoldAlignment> pairs = new ArrayList<>();
    try (Utf8Lines lines = Utf8Lines.open(file)) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        pairs.add(pair(line.get(), file + ", line " + lines.lineNumber()));
      }
    }
    InvalidInputException.require(!pairs.isEmpty(), "there is no pair in " + file);
    return List.copyOf(pairs);
  }

  private static GoldAlignment pair(String line, String origin) {
    String[] columns = line.split("\t", -1);
    InvalidInputException.require(
        columns.length == 3 && !columns[0].isBlank() && !columns[1].isBlank(),
        origin + ": expected Chinese words, tab, English words, tab, links");
    SplitSentence chinese = new SplitSentence(Language.ZH, words(columns[0]));
    SplitSentence english = new SplitSentence(Language.EN, words(columns[1]));
    Set<WordLink> sure = new HashSet<>();
    Set<WordLink> possible = new HashSet<>();
    for (String text : columns[2].isBlank() ? List.<String>of() : words(columns[2])) {
      Matcher parts = LINK.matcher(text);
      InvalidInputException.require(
          parts.matches(), origin + ": '" + text + "' is no link; expected 1-2 or 1p2");
      WordLink link =
          new WordLink(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(3)));
      InvalidInputException.require(
          link.source() < chinese.words().size() && link.target() < english.words().size(),
          origin
              + ": link "
              + text
              + " leads nowhere: there are "
              + chinese.words().size()
              + " Chinese and "
              + english.words().size()
              + " English words, counted from 0");
      InvalidInputException.require(possible.add(link), origin + ": link " + text + " comes twice");
      if (parts.group(2).equals("-")) {
        sure.add(link);
      }
    }
    return new GoldAlignment(chinese, english, Set.copyOf(sure), Set.copyOf(possible));
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split(" +"));
  }

  /** The same alignment in the opposite direction. */
  public GoldAlignment reversed() {
    return new GoldAlignment(target, source, reversed(sure), reversed(possible));
  }

  private static Set<WordLink> reversed(Set<WordLink> links) {
    return links.stream().map(WordLink::reversed).collect(Collectors.toUnmodifiableSet());
  }

  /** The pair in the direction from {@code language}. */
  public GoldAlignment from(Language language) {
    return source.language() == language ? this : reversed();
  }
}
