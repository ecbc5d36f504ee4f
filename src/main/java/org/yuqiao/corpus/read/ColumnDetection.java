package org.yuqiao.corpus.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yuqiao.files.InvalidInputException;

/** Finds the columns of the two texts in tab-separated lines by what the columns hold. */
final class ColumnDetection {
  /** With fewer lines, two columns in one script are left to cleaning. */
  private static final int MIN_LINES = 10;

  private static final int MAX_COLUMNS = 100;
  private static final int EXAMPLE = 20;
  private static final TextColumns FIRST_TWO = new TextColumns(1, 2);
  private static final Pattern CHINESE_HEADER =
      Pattern.compile(
          "(zh|zho|chi|cmn|cn|chinese|mandarin|中文|汉语|漢語|source|src|target|tgt|trg)"
              + "([-_ ](cn|tw|hans|hant|text|sentence|simplified|traditional))?");
  private static final Pattern ENGLISH_HEADER =
      Pattern.compile(
          "(en|eng|english|英文|英语|英語|source|src|target|tgt|trg)"
              + "([-_ ](us|uk|gb|text|sentence))?");

  private ColumnDetection() {}

  /** What was seen in a column. */
  private static final class Column {
    private final int number;
    private final ScriptCount scripts = new ScriptCount();
    private final Set<String> values = new HashSet<>();
    private String example = "";
    private String prefix = "";
    private int filled;
    private int spaced;
    private int numeric;
    private int lettered;
    private int coded;

    Column(int number) {
      this.number = number;
    }

    void add(String cell) {
      String text = cell.strip();
      if (text.isEmpty()) {
        return;
      }
      example = filled == 0 ? text : example;
      prefix = filled == 0 ? text : commonPrefix(prefix, text);
      filled++;
      scripts.add(text);
      values.add(text);
      boolean digits = text.chars().anyMatch(c -> c >= '0' && c <= '9');
      boolean oneWord = text.indexOf(' ') < 0;
      spaced += oneWord ? 0 : 1;
      numeric += digits ? 1 : 0;
      lettered += text.codePoints().anyMatch(Character::isLetter) ? 1 : 0;
      coded += digits && oneWord ? 1 : 0;
    }

    boolean isChinese() {
      return lettered * 2 >= filled && scripts.isChinese();
    }

    /** Whether most cells hold Latin letters and are no codes such as "train-17". */
    boolean isEnglish() {
      return lettered * 2 >= filled && coded * 2 <= filled && scripts.isEnglish();
    }

    private static String commonPrefix(String a, String b) {
      int length = 0;
      while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
        length++;
      }
      return a.substring(0, length);
    }

    /** Whether most cells have digits and no letters. */
    boolean isNumbers() {
      return lettered * 2 < filled && numeric * 2 > filled;
    }

    /** Whether the cells are single words, links, attributions or categories. */
    boolean isLabel() {
      boolean words = scripts.isEnglish() && spaced * 10 < filled;
      boolean repeated = filled >= MIN_LINES && values.size() * 10 <= filled;
      boolean sameBeginning = filled > 2 && prefix.length() >= 8;
      return words || repeated || sameBeginning;
    }

    String description() {
      String kind = isNumbers() ? "numbers" : filled == 0 ? "empty" : scripts.inWords();
      String shown = example.length() > EXAMPLE ? example.substring(0, EXAMPLE) + "..." : example;
      return "column " + number + " " + kind + (filled == 0 ? "" : " (\"" + shown + "\")");
    }
  }

  /**
   * The columns of the texts.
   *
   * @param name of the file, for the message
   * @throws InvalidInputException saying what is in each column when it is not clear
   */
  static TextColumns of(String name, List<String[]> sample) {
    List<Column> columns = columns(sample);
    if (columns.size() < 2) {
      return FIRST_TWO;
    }
    List<Column> usual = columns.stream().filter(c -> c.filled * 2 >= sample.size()).toList();
    List<Column> chinese = texts(usual, Column::isChinese);
    List<Column> english = texts(usual, Column::isEnglish);
    if (chinese.size() == 1 && english.size() == 1) {
      return new TextColumns(chinese.get(0).number, english.get(0).number);
    }
    Column first = columns.get(0);
    Column second = columns.get(1);
    if (chinese.contains(first) && english.contains(second)) {
      return FIRST_TWO;
    }
    if (english.contains(first) && chinese.contains(second)) {
      return new TextColumns(2, 1);
    }
    boolean twoColumns = usual.stream().allMatch(column -> column.number <= 2);
    boolean numbers =
        (first.isNumbers() && second.scripts.hasLetters())
            || (second.isNumbers() && first.scripts.hasLetters());
    boolean sameScript = chinese.size() == 2 || english.size() == 2;
    if (!twoColumns || numbers || (sameScript && sample.size() >= MIN_LINES)) {
      throw new InvalidInputException(
          String.format(
              "%s: cannot tell the Chinese and the English column: %s; name them with --columns or"
                  + " data.columns, as in zh=2,en=4",
              name, columns.stream().map(Column::description).collect(Collectors.joining(", "))));
    }
    return second.scripts.hanShare() > first.scripts.hanShare() ? new TextColumns(2, 1) : FIRST_TWO;
  }

  private static List<Column> columns(List<String[]> sample) {
    int width = sample.stream().mapToInt(cells -> cells.length).max().orElse(0);
    List<Column> columns = new ArrayList<>();
    IntStream.rangeClosed(1, Math.min(MAX_COLUMNS, width))
        .forEach(number -> columns.add(new Column(number)));
    for (String[] cells : sample) {
      for (Column column : columns.subList(0, Math.min(columns.size(), cells.length))) {
        column.add(cells[column.number - 1]);
      }
    }
    return columns;
  }

  /** The columns in one script; when there are several, those that hold text. */
  private static List<Column> texts(List<Column> columns, Predicate<Column> script) {
    List<Column> all = columns.stream().filter(script).toList();
    List<Column> texts = all.stream().filter(column -> !column.isLabel()).toList();
    return all.size() < 2 || texts.isEmpty() ? all : texts;
  }

  /** Whether a first line holds the names of the columns; the same word twice is a pair. */
  static boolean isHeader(String[] cells, TextColumns columns) {
    return isHeader(cells, columns.chinese(), CHINESE_HEADER)
        && isHeader(cells, columns.english(), ENGLISH_HEADER)
        && !cells[columns.chinese() - 1]
            .strip()
            .equalsIgnoreCase(cells[columns.english() - 1].strip());
  }

  private static boolean isHeader(String[] cells, int column, Pattern names) {
    return Optional.of(cells)
        .filter(all -> all.length >= column)
        .map(all -> all[column - 1].strip().toLowerCase(Locale.ROOT))
        .filter(cell -> names.matcher(cell).matches())
        .isPresent();
  }
}
