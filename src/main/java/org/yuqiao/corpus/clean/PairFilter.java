package org.yuqiao.corpus.clean;

import java.util.List;
import java.util.Optional;
import org.datavec.api.transform.filter.Filter;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.writable.Writable;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.yuqiao.corpus.pair.SentencePair;

/** A DataVec filter that drops pairs and gives the reason. */
abstract non-sealed class PairFilter implements Filter, CleaningStep {
  private static final long serialVersionUID = 1L;

  private Schema inputSchema = new Schema.Builder().build();

  /** The reason to drop the pair; empty when it is kept. */
  abstract Optional<String> objection(String chinese, String english);

  @Override
  public final Cleaning.Outcome apply(SentencePair pair) {
    return objection(pair.chinese(), pair.english())
        .map(reason -> new Cleaning.Outcome(pair, name(), reason))
        .orElseGet(() -> Cleaning.Outcome.kept(pair));
  }

  @Override
  public final String toString() {
    return name();
  }

  @Override
  public final boolean removeExample(List<Writable> row) {
    return objection(row.get(0).toString(), row.get(1).toString()).isPresent();
  }

  @Override
  @SuppressWarnings("unchecked")
  public final boolean removeExample(Object row) {
    return removeExample((List<Writable>) row);
  }

  @Override
  public final boolean removeSequence(Object sequence) {
    throw new UnsupportedOperationException("pairs are no sequences");
  }

  @Override
  public final boolean removeSequence(List<List<Writable>> sequence) {
    throw new UnsupportedOperationException("pairs are no sequences");
  }

  @Override
  public final Schema transform(Schema schema) {
    return schema;
  }

  @Override
  public final void setInputSchema(Schema schema) {
    this.inputSchema = schema;
  }

  @Override
  @JsonIgnore
  public final Schema getInputSchema() {
    return inputSchema;
  }

  @Override
  public final String outputColumnName() {
    return "zh";
  }

  @Override
  public final String[] outputColumnNames() {
    return new String[] {"zh", "en"};
  }

  @Override
  public final String[] columnNames() {
    return outputColumnNames();
  }

  @Override
  public final String columnName() {
    return "zh";
  }
}
