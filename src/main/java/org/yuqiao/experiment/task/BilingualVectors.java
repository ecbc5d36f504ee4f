package org.yuqiao.experiment.task;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Word vectors of both languages in one space, where a word is near its translations. Names begin
 * with the language, since "2" of the one is not "2" of the other.
 */
record BilingualVectors(WordVectors all) {

  /** Cuts sentences of {@code language} into tokens by their names here. */
  static Function<String, List<String>> cut(Language language, Tokenizer tokenizer) {
    return sentence ->
        tokenizer.cut(sentence).stream().map(token -> name(language, token)).toList();
  }

  private static String name(Language language, String token) {
    return language.code() + ":" + token;
  }

  /** The vectors of one language, by the tokens themselves. */
  WordVectors of(Language language) {
    String mark = name(language, "");
    WordVectors own =
        all.select(
            IntStream.range(0, all.size()).filter(i -> all.word(i).startsWith(mark)).toArray());
    List<String> tokens = own.words().stream().map(name -> name.substring(mark.length())).toList();
    return new WordVectors(tokens, own.dimension(), own.values());
  }
}
