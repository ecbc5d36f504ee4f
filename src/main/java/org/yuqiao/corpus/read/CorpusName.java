package org.yuqiao.corpus.read;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.yuqiao.files.FilePath;

/**
 * The name of a corpus in its parts: "FILE", "FILE,FILE", "FILE#zh=2,en=4".
 *
 * @param files one or two
 * @param columns of the texts in a tab-separated file; empty when they are not named
 */
record CorpusName(List<Path> files, Optional<TextColumns> columns) {
  private static final Pattern WITH_COLUMNS = Pattern.compile("(.+)#([a-z]{2}=\\d+,[a-z]{2}=\\d+)");

  /** Takes a name apart; a file is found under its whole name first. */
  static CorpusName parse(String name) {
    Matcher matcher = WITH_COLUMNS.matcher(name);
    if (matcher.matches() && !Files.exists(FilePath.of(name))) {
      Optional<TextColumns> columns = TextColumns.parse(matcher.group(2));
      if (columns.isPresent()) {
        return new CorpusName(files(matcher.group(1)), columns);
      }
    }
    return new CorpusName(files(name), Optional.empty());
  }

  /**
   * One file, or two that a comma separates. Paths may have commas: those that exist are preferred,
   * then two names that tell their languages, then a name in a folder that exists.
   */
  private static List<Path> files(String name) {
    Path whole = FilePath.of(name);
    List<List<Path>> halves =
        IntStream.range(1, name.length() - 1)
            .filter(i -> name.charAt(i) == ',')
            .mapToObj(
                i -> List.of(FilePath.of(name.substring(0, i)), FilePath.of(name.substring(i + 1))))
            .toList();
    if (halves.isEmpty() || Files.exists(whole)) {
      return List.of(whole);
    }
    Optional<List<Path>> found =
        halves.stream()
            .filter(files -> files.stream().allMatch(Files::exists))
            .findFirst()
            .or(() -> halves.stream().filter(CorpusName::isNamedPair).findFirst());
    if (found.isPresent()) {
      return found.get();
    }
    Path folder = whole.getParent();
    boolean inFolder = folder != null && folder.toString().contains(",") && Files.exists(folder);
    return inFolder ? List.of(whole) : halves.get(0);
  }

  private static boolean isNamedPair(List<Path> files) {
    return AlignedFilesRecordReader.englishByName(files).isPresent()
        && files.stream().allMatch(file -> LanguageTags.ofFileName(file).isPresent());
  }
}
