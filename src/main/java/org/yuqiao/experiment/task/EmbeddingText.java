package org.yuqiao.experiment.task;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.embedding.vectors.MergedSentence;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * The text that the word vectors of embedding matrices are learned from, cut into the matrices' own
 * tokens: the training split, then {@code embedding.text}.
 *
 * @param training the cleaned training split
 * @param settings of the run; with a bilingual {@code embedding.init} a pair is one merged sentence
 * @param cuts of the languages that are read, a sentence into tokens
 */
record EmbeddingText(
    Iterable<SentencePair> training,
    ExperimentSettings settings,
    Map<Language, Function<String, List<String>>> cuts)
    implements SentenceSource {

  @Override
  public void forEach(Consumer<List<String>> sentences) {
    for (SentencePair pair : training) {
      if (settings.embedding().bilingual()) {
        sentences.accept(
            MergedSentence.of(tokens(settings.source(), pair), tokens(settings.target(), pair)));
      } else {
        cuts.keySet().forEach(language -> sentences.accept(tokens(language, pair)));
      }
    }
    boolean simplify = settings.data().cleaning().simplify();
    Map<Language, TextNormalizer> normalizers = new EnumMap<>(Language.class);
    cuts.keySet().forEach(side -> normalizers.put(side, TextNormalizer.of(side, simplify)));
    for (String name : settings.embedding().text()) {
      new CorpusFiles(name)
          .forEachSentence(
              normalizers.keySet(),
              (side, sentence) ->
                  sentences.accept(cuts.get(side).apply(normalizers.get(side).apply(sentence))));
    }
  }

  private List<String> tokens(Language language, SentencePair pair) {
    return cuts.get(language).apply(pair.side(language));
  }
}
