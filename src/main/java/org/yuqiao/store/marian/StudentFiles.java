package org.yuqiao.store.marian;

import static org.yuqiao.files.InvalidInputException.require;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * The files of a student as Firefox Translations publishes it: {@code
 * model.zhen.intgemm.alphas.bin.gz}, and {@code vocab.zhen.spm.gz} for both sides or {@code
 * srcvocab.enzh.spm.gz} and {@code trgvocab.enzh.spm.gz}.
 */
record StudentFiles(Path model, Path source, Path target) {
  private static final Pattern MODEL = Pattern.compile("model\\..*\\.bin(\\.gz)?");
  private static final Pattern LANGUAGES = Pattern.compile("\\.(zh|en)(zh|en)\\.");

  /** Whether {@code folder} has a model of that name. */
  static boolean areIn(Path folder) {
    return Files.isDirectory(folder) && find(folder, MODEL).isPresent();
  }

  /**
   * The files of {@code folder}.
   *
   * @throws InvalidInputException when one is missing, or there are several of a kind
   */
  static StudentFiles in(Path folder) {
    Path model = find(folder, MODEL).orElseThrow();
    return new StudentFiles(model, vocabulary(folder, "src"), vocabulary(folder, "trg"));
  }

  private static Path vocabulary(Path folder, String side) {
    return find(folder, Pattern.compile(side + "vocab\\..*\\.spm(\\.gz)?"))
        .or(() -> find(folder, Pattern.compile("vocab\\..*\\.spm(\\.gz)?")))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    folder + " has neither vocab.*.spm nor " + side + "vocab.*.spm (or .spm.gz)"));
  }

  /** The only file of a name; of one that is there both plain and compressed, the plain one. */
  private static Optional<Path> find(Path folder, Pattern name) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files
              .filter(file -> name.matcher(file.getFileName().toString()).matches())
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      for (Path other : found.subList(Math.min(1, found.size()), found.size())) {
        require(
            other.toString().equals(found.get(0) + ".gz"),
            folder + " has both " + found.get(0).getFileName() + " and " + other.getFileName());
      }
      return found.stream().findFirst();
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + folder + ": " + IoError.message(e), e);
    }
  }

  /** The direction that the name of the model says, as zh-en. */
  Optional<String> direction() {
    Matcher matcher = LANGUAGES.matcher(model.getFileName().toString());
    return matcher.find() && !matcher.group(1).equals(matcher.group(2))
        ? Optional.of(matcher.group(1) + "-" + matcher.group(2))
        : Optional.empty();
  }
}
