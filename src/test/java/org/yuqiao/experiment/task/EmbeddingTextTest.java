package org.yuqiao.experiment.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  private List<String> sentences(Language... languages) throws IOException {
    Files.writeString(folder.resolve("a.zh"), "開門。\n");
    Files.writeString(folder.resolve("a.en"), "Open it.\n");
    Files.writeString(folder.resolve("pairs.tsv"), "关门。\tClose it.\n");
    String text = "[%1$s/a.zh, %1$s/a.en, %1$s/pairs.tsv]".formatted(folder);
    ExperimentSettings settings =
        SettingsFile.read(
            TinyExperiment.write(folder, "e.yaml", ""),
            List.of("embedding.init=cbow", "embedding.text=" + text));
    Tokenizer tokenizer =
        new TokenizerLearner(settings.subwords().settings(), false)
            .learn(Collections.nCopies(2, "门。开。关。我。").stream());
    List<String> read = new ArrayList<>();
    new EmbeddingText(
            List.of(new SentencePair("我。", "Hello.", "a.tsv, line 1")),
            settings,
            tokenizer,
            List.of(languages))
        .forEach(tokens -> read.add(String.join("", tokens)));
    return read;
  }

  @Test
  void theTrainingSplitComesFirstThenTheTextOfTheLanguage() throws IOException {
    assertEquals(List.of("我。", "开门。", "关门。"), sentences(Language.ZH));
  }

  @Test
  void aSharedMatrixReadsBothLanguages() throws IOException {
    assertEquals(6, sentences(Language.ZH, Language.EN).size());
  }
}
