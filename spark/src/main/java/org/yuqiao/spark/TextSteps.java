package org.yuqiao.spark;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.corpus.clean.Cleaning;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.corpus.pair.SentencePair;
import scala.Tuple2;

/** Parses lines and applies the steps that judge a pair by its own text, as DataVec's JSON. */
final class TextSteps implements NumberedLines.Work<Tuple2<Long, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final String process;
  private final Map<String, CorpusSource> sources;

  TextSteps(CorpusSettings settings, Map<String, CorpusSource> sources) {
    this.process = Cleaning.ofText(settings).toJson();
    this.sources = sources;
  }

  @Override
  public Iterator<Tuple2<Long, byte[]>> of(String path, Iterator<NumberedLines.Line> lines) {
    Cleaning cleaning = Cleaning.fromJson(process);
    CorpusSource source = sources.get(path);
    return new Selected<>(
        lines,
        line ->
            pair(source, line)
                .map(pair -> new Tuple2<>(line.index(), judged(cleaning, pair).toBytes())));
  }

  private static Optional<SentencePair> pair(CorpusSource source, NumberedLines.Line line) {
    return source.format().pair(line.text(source.name()), source.origin(line.number()));
  }

  private static JudgedPair judged(Cleaning cleaning, SentencePair pair) {
    Cleaning.Outcome outcome = cleaning.apply(pair);
    return new JudgedPair(outcome, !outcome.pair().equals(pair));
  }
}
