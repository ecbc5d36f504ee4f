package org.yuqiao.corpus.fetch;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yuqiao.files.InvalidInputException;

/**
 * A public corpus or test set: where it comes from and the files that it becomes.
 *
 * @param about its text, in a few words
 * @param license its license, as its publisher names it
 * @param attribution to whom the license gives credit
 * @param pairs the sentence pairs, roughly
 * @param downloads the files to download
 * @param files the files of sentence pairs that are made of them
 * @param holdOut the pairs of its one file that are kept for validation and test
 */
public record PublicCorpus(
    String about,
    String license,
    String attribution,
    long pairs,
    List<Download> downloads,
    List<PairsFile> files,
    Optional<HoldOut> holdOut) {

  /** Checks that it is whole. */
  public PublicCorpus {
    require(about != null && !about.isBlank(), "about must say what text it is");
    require(license != null && !license.isBlank(), "license must name its license");
    require(attribution != null, "attribution must name the publisher");
    require(downloads != null && !downloads.isEmpty(), "downloads must name a file");
    require(files != null && !files.isEmpty(), "files must name a file to make");
    require(
        holdOut.isEmpty() || (files.size() == 1 && files.get(0).file().equals("train.tsv")),
        "holdOut needs train.tsv as its only file");
    Set<String> downloaded = new HashSet<>();
    downloads.forEach(download -> downloaded.add(download.file()));
    for (PairsFile file : files) {
      for (Member member : file.members()) {
        require(
            downloaded.contains(member.archive()),
            "files takes " + member + ", but downloads has no " + member.archive());
      }
    }
  }

  private static void require(boolean condition, String message) {
    InvalidInputException.require(condition, message);
  }

  /** A name that cannot leave its folder. */
  private static void requirePlain(String name, String key) {
    require(
        name != null && name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
        key + " must be the plain name of a file, not '" + name + "'");
  }

  /**
   * A file to download.
   *
   * @param file its name here
   * @param urls where it is, mirrors after the first
   * @param bytes its size, roughly; 0: unknown
   * @param sha256 its hash where its publisher never changes it
   */
  public record Download(String file, List<URI> urls, long bytes, Optional<String> sha256) {
    /** Checks names and addresses. */
    public Download {
      requirePlain(file, "downloads.file");
      require(urls != null && !urls.isEmpty(), "downloads.urls of " + file + " must name one");
      for (URI url : urls) {
        require(
            "https".equals(url.getScheme()) || "http".equals(url.getScheme()),
            "downloads.urls of " + file + " must begin with https:// or http://, not " + url);
      }
      require(
          sha256.isEmpty() || sha256.get().matches("[0-9a-f]{64}"),
          "downloads.sha256 of " + file + " must be 64 hexadecimal digits");
    }
  }

  /**
   * A file of pairs made of one downloaded table, or of two aligned texts.
   *
   * @param file its name in the folder of the corpus, ending in .tsv
   * @param pairs a tab-separated table
   * @param columns the columns of the texts in it, as zh=2,en=1
   * @param chinese lines of Chinese
   * @param english lines of English
   */
  public record PairsFile(
      String file,
      Optional<Member> pairs,
      Optional<String> columns,
      @JsonProperty("zh") Optional<Member> chinese,
      @JsonProperty("en") Optional<Member> english) {
    /** Checks that it is made of a table or of two texts. */
    public PairsFile {
      requirePlain(file, "files.file");
      require(file.endsWith(".tsv"), "files.file must end in .tsv, not be '" + file + "'");
      require(
          pairs.isPresent() != (chinese.isPresent() && english.isPresent())
              && chinese.isPresent() == english.isPresent(),
          "files." + file + " must have pairs, or zh and en");
    }

    List<Member> members() {
      return pairs.map(List::of).orElseGet(() -> List.of(chinese.get(), english.get()));
    }
  }

  /**
   * The number of pairs that are kept for validation and test.
   *
   * @param valid for {@code valid.tsv}
   * @param test for {@code test.tsv}
   */
  public record HoldOut(int valid, int test) {
    /** Checks the counts. */
    public HoldOut {
      require(valid > 0 && test > 0, "holdOut.valid and holdOut.test must be above 0");
    }
  }

  /** The bytes to download, roughly; 0: unknown. */
  public long bytes() {
    return downloads.stream().mapToLong(Download::bytes).sum();
  }
}
