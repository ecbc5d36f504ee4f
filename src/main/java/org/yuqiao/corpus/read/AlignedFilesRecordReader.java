package org.yuqiao.corpus.read;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

/**
 * Two plain files whose lines correspond: line n of one translates line n of the other. Their names
 * tell the languages, as in "a.zh,a.en", or else the script of their first 1,000 lines.
 */
public final class AlignedFilesRecordReader extends PairRecordReader {
  private static final long serialVersionUID = 1L;

  private final String first;
  private final String second;
  private transient SampledLines chinese;
  private transient SampledLines english;

  /** Reads both files side by side, in either order. */
  public AlignedFilesRecordReader(Path first, Path second) {
    this.first = first.toString();
    this.second = second.toString();
  }

  /**
   * Which of two files is the English one by their names: 0 or 1; empty when the names do not tell.
   */
  static Optional<Integer> englishByName(List<Path> files) {
    Optional<Language> first = LanguageTags.ofFileName(files.get(0));
    Optional<Language> second = LanguageTags.ofFileName(files.get(1));
    if (first.equals(second)) {
      return Optional.empty();
    }
    Language known = first.or(() -> second.map(Language::other)).orElseThrow();
    return Optional.of(known == Language.EN ? 0 : 1);
  }

  @Override
  protected void open() {
    SampledLines one = SampledLines.open(Path.of(first));
    SampledLines other = SampledLines.open(Path.of(second));
    boolean englishFirst = isEnglishFirst(one, other);
    chinese = englishFirst ? other : one;
    english = englishFirst ? one : other;
  }

  /** Decides by the names, then by the script; an obvious contradiction is refused. */
  private boolean isEnglishFirst(SampledLines one, SampledLines other) {
    ScriptCount scripts = new ScriptCount();
    one.sample().forEach(scripts::add);
    ScriptCount otherScripts = new ScriptCount();
    other.sample().forEach(otherScripts::add);
    boolean englishFirst = scripts.isEnglish() && otherScripts.isChinese();
    boolean chineseFirst = scripts.isChinese() && otherScripts.isEnglish();
    Optional<Integer> named = englishByName(List.of(Path.of(first), Path.of(second)));
    if (named.isPresent()) {
      boolean namedEnglishFirst = named.get() == 0;
      InvalidInputException.require(
          namedEnglishFirst ? !chineseFirst : !englishFirst,
          String.format(
              "%s looks %s and %s looks %s, but their names say the opposite; exchange the names",
              one.name(), scripts.inWords(), other.name(), otherScripts.inWords()));
      return namedEnglishFirst;
    }
    InvalidInputException.require(
        englishFirst || chineseFirst,
        String.format(
            "cannot tell which of two files is Chinese and which English: %s looks %s, %s looks %s;"
                + " name them as a.zh,a.en",
            one.name(), scripts.inWords(), other.name(), otherScripts.inWords()));
    return englishFirst;
  }

  @Override
  protected Optional<SentencePair> read() {
    Optional<String> zh = chinese.next();
    Optional<String> en = english.next();
    if (zh.isPresent() != en.isPresent()) {
      throw new InvalidInputException(
          String.format(
              "%s ends after line %d, but %s goes on; expected equally many lines in both",
              zh.isPresent() ? english.name() : chinese.name(),
              Math.min(chinese.lineNumber(), english.lineNumber()),
              zh.isPresent() ? chinese.name() : english.name()));
    }
    if (zh.isEmpty()) {
      close();
      return Optional.empty();
    }
    String origin = chinese.name() + ", line " + chinese.lineNumber();
    return Optional.of(new SentencePair(zh.get(), en.get(), origin));
  }

  @Override
  public void close() {
    if (chinese != null) {
      chinese.close();
      english.close();
    }
  }
}
