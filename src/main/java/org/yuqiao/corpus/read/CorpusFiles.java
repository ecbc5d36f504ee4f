package org.yuqiao.corpus.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.Sha256;
import org.yuqiao.files.Utf8Lines;
import org.yuqiao.text.Language;

/**
 * A corpus as it is named on the command line or in settings: "a.tsv", "a.jsonl", "a.tmx", two
 * plain files as "a.zh,a.en" (either order), a folder of cleaned pairs in shards, or "-" for
 * standard input. Files may be compressed with gzip or xz; "a.tsv#zh=2,en=4" names the columns of
 * the texts.
 */
public record CorpusFiles(String name) {

  /** A corpus whose columns are named, if it is tab-separated and does not name them itself. */
  public CorpusFiles withColumns(Optional<TextColumns> columns) {
    CorpusName parts = CorpusName.parse(name);
    boolean open =
        parts.files().size() == 1
            && parts.columns().isEmpty()
            && !isSharded()
            && (InputFile.isStandardInput(parts.files().get(0))
                || CorpusFormat.ofName(parts.files().get(0)).equals(Optional.of(CorpusFormat.TSV)));
    return columns.isPresent() && open ? new CorpusFiles(name + "#" + columns.get()) : this;
  }

  /** The same corpus by absolute paths. */
  public CorpusFiles absolute() {
    CorpusName parts = CorpusName.parse(name);
    String files =
        parts.files().stream()
            .map(file -> InputFile.isStandardInput(file) ? file : file.toAbsolutePath().normalize())
            .map(Path::toString)
            .collect(Collectors.joining(","));
    return new CorpusFiles(files + parts.columns().map(columns -> "#" + columns).orElse(""));
  }

  /** Whether the corpus is a folder, of cleaned pairs in shards. */
  public boolean isSharded() {
    List<Path> files = paths();
    return files.size() == 1
        && !InputFile.isStandardInput(files.get(0))
        && Files.isDirectory(files.get(0));
  }

  /**
   * A reader for the format named by the file extension.
   *
   * @throws InvalidInputException for an unknown format
   */
  public PairRecordReader open() {
    CorpusName parts = CorpusName.parse(name);
    List<Path> files = parts.files();
    if (files.size() == 2) {
      requirePair(files);
      return new AlignedFilesRecordReader(files.get(0), files.get(1));
    }
    Path file = files.get(0);
    if (isSharded()) {
      requireNoColumns(parts, file);
      return new ShardsRecordReader(file);
    }
    CorpusFormat format = CorpusFormat.of(file);
    if (format != CorpusFormat.TSV) {
      requireNoColumns(parts, file);
    }
    return switch (format) {
      case TSV -> new TsvRecordReader(file, parts.columns());
      case JSON_LINES -> new JsonLinesRecordReader(file);
      case TMX -> new TmxRecordReader(file);
    };
  }

  private static void requireNoColumns(CorpusName parts, Path file) {
    parts
        .columns()
        .ifPresent(
            columns -> {
              throw new InvalidInputException(
                  InputFile.name(file) + " is not tab-separated and has no columns " + columns);
            });
  }

  private void requirePair(List<Path> files) {
    for (Path file : files) {
      if (!InputFile.isStandardInput(file) && !Files.exists(file)) {
        throw new InvalidInputException(
            "there is no file "
                + file
                + "; the comma in "
                + name
                + " separates two files, as in a.zh,a.en");
      }
    }
  }

  /**
   * Reads all pairs in order.
   *
   * @throws InvalidInputException when a file is missing, unreadable or malformed
   */
  public void forEach(Consumer<SentencePair> pairs) {
    try (PairRecordReader reader = open()) {
      while (reader.hasNext()) {
        pairs.accept(reader.nextPair());
      }
    }
  }

  /**
   * Reads the sentences of {@code languages}: sides of pairs, or a file of plain sentences, which
   * is not read when it is of another language.
   */
  public void forEachSentence(Set<Language> languages, BiConsumer<Language, String> sentences) {
    Optional<Language> plain = plainTextLanguage();
    if (plain.isEmpty()) {
      forEach(
          pair -> languages.forEach(language -> sentences.accept(language, pair.side(language))));
    } else if (languages.contains(plain.get())) {
      Utf8Lines.forEach(paths().get(0), sentence -> sentences.accept(plain.get(), sentence));
    }
  }

  /** The language of a file of plain sentences, as "a.zh"; empty for sentence pairs. */
  public Optional<Language> plainTextLanguage() {
    List<Path> files = paths();
    return files.size() == 1
            && !InputFile.isStandardInput(files.get(0))
            && !isSharded()
            && CorpusFormat.ofName(files.get(0)).isEmpty()
        ? LanguageTags.ofFileName(files.get(0))
        : Optional.empty();
  }

  /** The file, the two files, or the folder. */
  public List<Path> paths() {
    return CorpusName.parse(name).files();
  }

  /** The files whose bytes are the corpus. */
  private List<Path> contents() {
    if (!isSharded()) {
      return paths();
    }
    Path folder = paths().get(0);
    return ShardsRecordReader.manifest(folder).shards().stream()
        .map(shard -> folder.resolve(shard.file()))
        .toList();
  }

  /**
   * Refuses standard input and pipes where the corpus is read several times.
   *
   * @param reader who reads it
   */
  public void requireRereadable(String reader) {
    contents().forEach(file -> InputFile.requireRereadable(file, reader));
  }

  /** The SHA-256 of the bytes of all files in order, for provenance. */
  public String sha256() {
    requireRereadable("training");
    try {
      return Sha256.of(contents());
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + e.getFile(), e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + name + ": " + IoError.message(e), e);
    }
  }
}
