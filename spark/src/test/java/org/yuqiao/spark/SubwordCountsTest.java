package org.yuqiao.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.corpus.clean.CleanedShards;
import org.yuqiao.corpus.clean.Cleaning;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.text.BpeTokenizer;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerJson;

/** Counting on a cluster gives the tokenizers of one machine, byte for byte. */
class SubwordCountsTest {
  private static final int BLOCK = 20_000;

  @TempDir private Path folder;

  @BeforeEach
  void makeShards() throws IOException {
    Random random = new Random(1);
    shards("a", random);
    shards("b", random);
    Files.writeString(folder.resolve("valid.tsv"), "第７本书很好。\tBook 7 is good.\n");
  }

  /** The two folders have pairs in common, which count once, and held-out ones. */
  private void shards(String name, Random random) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      int n = random.nextInt(2500);
      lines.append("第").append(n).append("本书").append(Character.toString(0x4E00 + n));
      lines.append("很好。\tBook ").append(n).append(" of ");
      lines.append((char) ('a' + n % 26)).append((char) ('a' + n / 26 % 26)).append(" is good.\n");
    }
    lines.append("第7本书很好。\tBook 7 is fine.\n");
    Path tsv = folder.resolve(name + ".tsv");
    Files.writeString(tsv, lines);
    CleanedShards.write(
        List.of(new CorpusFiles(tsv.toString())),
        Cleaning.of(CorpusSettings.DEFAULT, List.of()),
        folder.resolve(name),
        700,
        done -> {});
  }

  private ExperimentSettings settings(String more) throws IOException {
    Path file = folder.resolve("tiny.yaml");
    Files.writeString(
        file,
        """
        data: {train: [%1$s/a, %1$s/b], valid: [%1$s/valid.tsv]}
        %2$s
        """
            .formatted(folder, more));
    return SettingsFile.read(file, List.of());
  }

  private Map<Language, Tokenizer> there(ExperimentSettings settings) {
    try (SparkCluster cluster = SparkCluster.open(Clusters.threads(BLOCK), "test")) {
      return cluster.run(() -> SubwordCounts.learn(cluster.context(), settings));
    }
  }

  private byte[] file(Tokenizer tokenizer) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    TokenizerJson.save((BpeTokenizer) tokenizer, file);
    return Files.readAllBytes(file);
  }

  private void assertLearnsAsHere(ExperimentSettings settings, Language... together)
      throws IOException {
    List<SentencePair> pairs = new ArrayList<>();
    settings.trainingPairs().forEach(pairs::add);
    assertTrue(SubwordCounts.suit(settings));
    Map<Language, Tokenizer> there = there(settings);
    for (Language language : Language.values()) {
      List<Language> sides = together.length == 0 ? List.of(language) : List.of(together);
      Tokenizer here =
          settings
              .tokenizerLearner(language)
              .learn(pairs.stream().flatMap(pair -> sides.stream().map(pair::side)));
      assertTrue(here.size() > 300);
      assertArrayEquals(file(here), file(there.get(language)));
    }
  }

  @Test
  void theTokenizersAreThoseOfOneMachine() throws IOException {
    assertLearnsAsHere(settings("subwords: {vocabularySize: 900}"));
  }

  @Test
  void theJointTokenizerIsThatOfOneMachine() throws IOException {
    assertLearnsAsHere(
        settings("subwords: {vocabularySize: 900, joint: true, minFrequency: 3}"),
        Language.ZH,
        Language.EN);
  }

  @Test
  void textThatOnlyOneMachineMakesIsNotCounted() throws IOException {
    settings("");
    Path file = folder.resolve("tiny.yaml");
    for (String override :
        List.of(
            "data.protect=true",
            "data.maxPairs=9",
            "data.augment.joined=0.5",
            "data.cleaning.nearDuplicates=0.1",
            "data.train=[" + folder + "/a," + folder + "/b.tsv]",
            "model.kind=decoder-only")) {
      assertFalse(SubwordCounts.suit(SettingsFile.read(file, List.of(override))), override);
    }
  }

  @Test
  void aChangedShardIsRefused() throws IOException {
    Path shard = folder.resolve("b/part-00002.tsv");
    Files.writeString(shard, Files.readString(shard).replace("good", "nice"));
    ExperimentSettings settings = settings("");
    assertEquals(
        shard + " was changed: its SHA-256 is not that of its manifest",
        assertThrows(InvalidInputException.class, () -> there(settings)).getMessage());
  }
}
