package org.yuqiao.corpus.clean;

import org.datavec.api.transform.metadata.ColumnMetaData;
import org.datavec.api.transform.transform.BaseColumnTransform;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;

/** Makes one side of every pair uniform, by the steps of {@link TextNormalizer}. */
public final class NormalizingTransform extends BaseColumnTransform {
  private static final long serialVersionUID = 1L;

  private final boolean simplify;
  private final transient TextNormalizer normalizer;

  /** Normalizes the column of a language, "zh" or "en". */
  public NormalizingTransform(
      @JsonProperty("columnName") String columnName, @JsonProperty("simplify") boolean simplify) {
    super(columnName);
    this.simplify = simplify;
    this.normalizer = TextNormalizer.of(Language.of(columnName), simplify);
  }

  /** Whether traditional Chinese becomes simplified. */
  @JsonProperty("simplify")
  public boolean simplify() {
    return simplify;
  }

  @Override
  public ColumnMetaData getNewColumnMetaData(String newName, ColumnMetaData oldColumnType) {
    return oldColumnType;
  }

  @Override
  public Writable map(Writable sentence) {
    return new Text(normalizer.apply(sentence.toString()));
  }

  @Override
  public Object map(Object sentence) {
    return normalizer.apply(sentence.toString());
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
    return "normalize(" + columnName + ")";
  }
}
