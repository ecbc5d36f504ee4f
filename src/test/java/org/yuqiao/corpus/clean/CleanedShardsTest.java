package org.yuqiao.corpus.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.TextColumns;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Sha256;

/** A folder of cleaned pairs is a corpus like the file it was made of. */
class CleanedShardsTest {
  @TempDir private Path folder;
  private Path clean;

  @BeforeEach
  void write() throws IOException {
    Path corpus = folder.resolve("a.tsv");
    // The third shard begins with a pair that looks like the names of columns.
    Files.writeString(corpus, "一。\tOne.\n二。\tTwo.\n三。\tThree.\n四。\tFour.\n中文\tEnglish\n六。\tSix.\n");
    clean = folder.resolve("clean");
    CleanedShards.write(
        List.of(new CorpusFiles(corpus.toString())),
        Cleaning.of(CorpusSettings.DEFAULT, List.of()),
        clean,
        2,
        done -> {});
  }

  private List<String> read() {
    List<String> pairs = new ArrayList<>();
    new CorpusFiles(clean.toString())
        .forEach(pair -> pairs.add(pair.chinese() + " " + pair.english() + " " + origin(pair)));
    return pairs;
  }

  private String origin(SentencePair pair) {
    return clean.relativize(Path.of(pair.origin())).toString();
  }

  private String refusal() {
    return assertThrows(InvalidInputException.class, this::read).getMessage();
  }

  private void replace(String file, String old, String by) throws IOException {
    Path path = clean.resolve(file);
    Files.writeString(path, Files.readString(path).replace(old, by));
  }

  @Test
  void everyLineOfEveryShardIsAPairInTheOrderOfTheManifest() throws IOException {
    List<String> pairs =
        List.of(
            "一。 One. part-00000.tsv, line 1",
            "二。 Two. part-00000.tsv, line 2",
            "三。 Three. part-00001.tsv, line 1",
            "四。 Four. part-00001.tsv, line 2",
            "中文 English part-00002.tsv, line 1",
            "六。 Six. part-00002.tsv, line 2");
    assertEquals(pairs, read());
    String manifest = Files.readString(clean.resolve("manifest.json"));
    int second = manifest.indexOf("}, {", manifest.indexOf("part-00000")) + 3;
    int third = manifest.indexOf("}, {", second) + 3;
    String swapped =
        manifest.substring(0, second)
            + manifest.substring(third, manifest.indexOf("} ]", third) + 1)
            + ", "
            + manifest.substring(second, third - 2)
            + " ]\n}\n";
    Files.writeString(clean.resolve("manifest.json"), swapped);
    List<String> order = new ArrayList<>(pairs.subList(0, 2));
    order.addAll(pairs.subList(4, 6));
    order.addAll(pairs.subList(2, 4));
    assertEquals(order, read());
  }

  @Test
  void itsHashIsThatOfTheShardsOneAfterTheOther() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      all.append(Files.readString(clean.resolve("part-0000" + i + ".tsv")));
    }
    assertEquals(
        Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8)),
        new CorpusFiles(clean.toString()).sha256());
  }

  @Test
  void whatDoesNotFitTheManifestIsRefused() throws IOException {
    Path second = clean.resolve("part-00001.tsv");
    replace("part-00001.tsv", "Three", "Throe");
    assertEquals(second + " was changed: its SHA-256 is not that of its manifest", refusal());
    replace("part-00001.tsv", "Throe.", "Three");
    assertEquals(
        second + " has 26 bytes, but its manifest says 27; it was changed or cut off", refusal());
    Files.delete(second);
    assertEquals(
        "there is no file " + second + ", which " + clean.resolve("manifest.json") + " names",
        refusal());
  }

  @Test
  void anUnfinishedFolderIsRefused() throws IOException {
    String expected = "; expected a file, or a folder that data clean --out has finished";
    Files.delete(clean.resolve("_SUCCESS"));
    assertEquals(clean + " is a folder without _SUCCESS" + expected, refusal());
    Files.delete(clean.resolve("manifest.json"));
    assertEquals(clean + " is a folder without manifest.json" + expected, refusal());
  }

  @Test
  void aManifestOfAnotherKindIsRefused() throws IOException {
    replace("manifest.json", "cleaned sentence pairs: Chinese, tab, English", "translations");
    assertEquals(
        clean + " holds translations; expected cleaned sentence pairs: Chinese, tab, English",
        refusal());
    replace("manifest.json", "part-00001.tsv", "../a.tsv");
    assertEquals(
        clean.resolve("manifest.json")
            + ", shard 2: expected the file, lines, bytes and sha256 of a shard",
        refusal());
    Files.writeString(clean.resolve("manifest.json"), "{}");
    assertTrue(refusal().endsWith("manifest.json is not the manifest of a folder of shards"));
  }

  @Test
  void itHasNoColumns() {
    CorpusFiles named = new CorpusFiles(clean + "#zh=1,en=2");
    assertEquals(
        clean + " is not tab-separated and has no columns zh=1,en=2",
        assertThrows(InvalidInputException.class, named::open).getMessage());
    CorpusFiles open = new CorpusFiles(clean.toString());
    assertEquals(open, open.withColumns(Optional.of(new TextColumns(2, 1))));
  }
}
