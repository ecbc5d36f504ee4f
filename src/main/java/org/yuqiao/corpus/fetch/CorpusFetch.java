package org.yuqiao.corpus.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusConverter;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.LockFile;

/**
 * Fetches a public corpus: downloads its files, unpacks them, writes sentence pairs as TSV and says
 * in a README whose text it is.
 */
public final class CorpusFetch {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final String README = "README.md";

  private final String name;
  private final PublicCorpus corpus;
  private final Path folder;
  private final FileDownload download;

  /** Fetches the corpus {@code name} into {@code folder}, with the proxy of {@code environment}. */
  public CorpusFetch(
      String name, PublicCorpus corpus, Path folder, Map<String, String> environment) {
    this(name, corpus, folder, new FileDownload(new EnvironmentProxy(environment), TIMEOUT));
  }

  CorpusFetch(String name, PublicCorpus corpus, Path folder, FileDownload download) {
    this.name = name;
    this.corpus = corpus;
    this.folder = folder;
    this.download = download;
  }

  /** Whether all files of the corpus are there, and no download is left to be deleted. */
  public boolean isThere() {
    return corpus.files().stream().allMatch(file -> Files.exists(folder.resolve(file.file())))
        && Files.exists(folder.resolve(README))
        && !Files.exists(downloads());
  }

  /** The folder of the downloaded files; a later call continues with what it holds. */
  public Path downloads() {
    return folder.resolve("download");
  }

  /**
   * Downloads and writes the corpus; then the downloaded files are deleted.
   *
   * @param progress receives the number of bytes since its last call
   * @return the pairs of each file written
   * @throws InvalidInputException when a file can't be had or is not what the registry says, or
   *     another process fetches into the same folder
   */
  public Map<String, Integer> run(LongConsumer progress) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot make the folder " + folder + ": " + IoError.message(e), e);
    }
    LockFile lock =
        LockFile.take(
            folder.resolve("fetch.lock"), folder + " is being written by another process");
    try {
      return downloadAndWrite(progress);
    } finally {
      lock.close();
    }
  }

  private Map<String, Integer> downloadAndWrite(LongConsumer progress) {
    for (PublicCorpus.Download file : corpus.downloads()) {
      download.run(file, downloads(), progress);
    }
    Map<String, Integer> written = writeFrom(downloads());
    deleteDownloads();
    return written;
  }

  /**
   * Writes the corpus from files that were downloaded before.
   *
   * @param downloaded their folder
   * @return the pairs of each file written
   * @throws InvalidInputException when a file is missing or is not what the registry says
   */
  public Map<String, Integer> writeFrom(Path downloaded) {
    Map<String, Integer> written = new LinkedHashMap<>();
    for (PublicCorpus.PairsFile file : corpus.files()) {
      List<SentencePair> pairs = pairs(file, downloaded);
      Optional<PublicCorpus.HoldOut> holdOut = corpus.holdOut();
      if (holdOut.isPresent()) {
        HeldOutSplit split = HeldOutSplit.of(pairs, holdOut.get());
        write("valid.tsv", split.valid(), written);
        write("test.tsv", split.test(), written);
        write(file.file(), split.train(), written);
      } else {
        write(file.file(), pairs, written);
      }
    }
    AtomicFile.write(folder.resolve(README), readme(written));
    return written;
  }

  private List<SentencePair> pairs(PublicCorpus.PairsFile file, Path downloaded) {
    List<SentencePair> pairs = new ArrayList<>();
    List<Path> texts = new ArrayList<>();
    List<String> endings = file.pairs().isPresent() ? List.of("tsv") : List.of("zh", "en");
    try {
      for (int i = 0; i < endings.size(); i++) {
        Path text = folder.resolve("unpacked." + endings.get(i));
        Member member = file.members().get(i);
        InvalidInputException.require(
            Files.exists(downloaded.resolve(member.archive())),
            "there is no file " + downloaded.resolve(member.archive()));
        AtomicFile.write(text, out -> member.copy(downloaded, out));
        texts.add(text);
      }
      String columns = file.columns().map(names -> "#" + names).orElse("");
      String corpusName = String.join(",", texts.stream().map(Path::toString).toList()) + columns;
      new CorpusFiles(corpusName).forEach(pairs::add);
      return pairs;
    } finally {
      texts.forEach(CorpusFetch::delete);
    }
  }

  private void write(String file, List<SentencePair> pairs, Map<String, Integer> written) {
    AtomicFile.write(
        folder.resolve(file),
        out -> {
          for (SentencePair pair : pairs) {
            String line = CorpusConverter.tabSeparated(pair) + "\n";
            out.write(line.getBytes(StandardCharsets.UTF_8));
          }
        });
    written.put(file, pairs.size());
  }

  private String readme(Map<String, Integer> written) {
    StringBuilder text = new StringBuilder("# " + name + "\n\n" + corpus.about() + "\n\n");
    text.append("- license: ").append(corpus.license()).append('\n');
    text.append("- attribution: ").append(corpus.attribution()).append('\n');
    corpus
        .downloads()
        .forEach(file -> text.append("- from ").append(file.urls().get(0)).append('\n'));
    written.forEach(
        (file, pairs) ->
            text.append("- ").append(file).append(": ").append(pairs).append(" pairs\n"));
    return text.toString();
  }

  private void deleteDownloads() {
    corpus.downloads().forEach(file -> delete(downloads().resolve(file.file())));
    delete(downloads());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new InvalidInputException("cannot delete " + file + ": " + IoError.message(e), e);
    }
  }
}
