package org.yuqiao.experiment.task;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * The text that the word vectors of an embedding matrix are learned from, cut into the matrix's own
 * tokens: the training split, then {@code embedding.text}.
 *
 * @param training the cleaned training split
 * @param settings of the run
 * @param tokenizer of the matrix
 * @param languages of the matrix: one, or both where source and target share it
 */
record EmbeddingText(
    Iterable<SentencePair> training,
    ExperimentSettings settings,
    Tokenizer tokenizer,
    List<Language> languages)
    implements SentenceSource {

  @Override
  public void forEach(Consumer<List<String>> sentences) {
    for (SentencePair pair : training) {
      languages.forEach(language -> sentences.accept(tokenizer.cut(pair.side(language))));
    }
    boolean simplify = settings.data().cleaning().simplify();
    Map<Language, TextNormalizer> normalizers = new EnumMap<>(Language.class);
    languages.forEach(side -> normalizers.put(side, TextNormalizer.of(side, simplify)));
    for (String name : settings.embedding().text()) {
      new CorpusFiles(name)
          .forEachSentence(
              normalizers.keySet(),
              (side, sentence) ->
                  sentences.accept(tokenizer.cut(normalizers.get(side).apply(sentence))));
    }
  }
}
