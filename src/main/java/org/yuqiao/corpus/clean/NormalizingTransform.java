package org.yuqiao.corpus.clean;

import java.util.regex.Pattern;
import org.datavec.api.transform.metadata.ColumnMetaData;
import org.datavec.api.transform.transform.BaseColumnTransform;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * Normalizes one side of every pair by the steps of {@link TextNormalizer}. An unpaired surrogate
 * becomes a question mark, as in DataVec's {@link Text}, which is UTF-8.
 */
final class NormalizingTransform extends BaseColumnTransform implements CleaningStep {
  private static final long serialVersionUID = 1L;
  private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("\\p{Cs}");

  @JsonProperty private final boolean simplify;
  private final transient Language language;
  private final transient TextNormalizer normalizer;

  /** Normalizes the column of a language, "zh" or "en". */
  NormalizingTransform(
      @JsonProperty("columnName") String columnName, @JsonProperty("simplify") boolean simplify) {
    super(columnName);
    this.simplify = simplify;
    this.language = Language.of(columnName);
    this.normalizer = TextNormalizer.of(language, simplify);
  }

  @Override
  public String name() {
    return "normalize-" + columnName;
  }

  @Override
  public Cleaning.Outcome apply(SentencePair pair) {
    return Cleaning.Outcome.kept(pair.with(language, normalize(pair.side(language))));
  }

  private String normalize(String sentence) {
    return normalizer.apply(UNPAIRED_SURROGATE.matcher(sentence).replaceAll("?"));
  }

  @Override
  public ColumnMetaData getNewColumnMetaData(String newName, ColumnMetaData oldColumnType) {
    return oldColumnType;
  }

  @Override
  public Writable map(Writable sentence) {
    return new Text(normalize(sentence.toString()));
  }

  @Override
  public Object map(Object sentence) {
    return normalize(sentence.toString());
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other) && ((NormalizingTransform) other).simplify == simplify;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Boolean.hashCode(simplify);
  }

  @Override
  public String toString() {
    return name();
  }
}
