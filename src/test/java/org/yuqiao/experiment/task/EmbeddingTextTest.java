package org.yuqiao.experiment.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;

class EmbeddingTextTest {
  @TempDir private Path folder;

  private List<String> sentences(String override, Language... languages) throws IOException {
    Files.writeString(folder.resolve("a.zh"), "開門。\n");
    Files.writeString(folder.resolve("a.en"), "Open it.\n");
    Files.writeString(folder.resolve("pairs.tsv"), "关门。\tClose it.\n");
    String text = "[%1$s/a.zh, %1$s/a.en, %1$s/pairs.tsv]".formatted(folder);
    ExperimentSettings settings =
        SettingsFile.read(
            TinyExperiment.write(folder, "e.yaml", ""),
            List.of("embedding.text=" + text, override));
    Tokenizer tokenizer =
        new TokenizerLearner(settings.subwords().settings(), false)
            .learn(Collections.nCopies(2, "门。开。关。我。").stream());
    Map<Language, Function<String, List<String>>> cuts = new EnumMap<>(Language.class);
    for (Language language : languages) {
      cuts.put(language, BilingualVectors.cut(language, tokenizer));
    }
    List<String> read = new ArrayList<>();
    new EmbeddingText(List.of(new SentencePair("我。", "II", "a.tsv, line 1")), settings, cuts)
        .forEach(tokens -> read.add(String.join(" ", tokens)));
    return read;
  }

  @Test
  void theTrainingSplitComesFirstThenTheTextOfTheLanguage() throws IOException {
    assertEquals(
        List.of("zh:我 zh:。", "zh:开 zh:门 zh:。", "zh:关 zh:门 zh:。"),
        sentences("embedding.init=cbow", Language.ZH));
  }

  @Test
  void aSharedMatrixReadsBothLanguages() throws IOException {
    assertEquals(6, sentences("embedding.init=cbow", Language.ZH, Language.EN).size());
  }

  @Test
  void aBilingualPairIsOneSentenceAndFurtherTextIsNot() throws IOException {
    List<String> read = sentences("embedding.init=bilingual-cbow", Language.ZH, Language.EN);
    assertEquals(5, read.size());
    assertEquals("zh:我 en:<0x49> zh:。 en:<0x49>", read.get(0));
    assertEquals("zh:开 zh:门 zh:。", read.get(1));
  }
}
