package org.yuqiao.corpus.read;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.EscapedText;

/**
 * A DataVec record reader of sentence pairs. A record has three texts: the Chinese side, the
 * English side, and the place of the pair. Pairs are read one by one, so the corpus may be of any
 * size.
 */
public abstract class PairRecordReader extends BaseRecordReader {
  private static final long serialVersionUID = 1L;

  private static final Logger LOGGER = LoggerFactory.getLogger(PairRecordReader.class);

  private transient Optional<SentencePair> ahead = Optional.empty();
  private boolean started;
  private Configuration configuration = new Configuration();

  /** The next pair, or empty at the end. */
  protected abstract Optional<SentencePair> read();

  /** Opens the text at its beginning. */
  protected abstract void open();

  @Override
  public abstract void close();

  /** Tells the user in one sentence what was passed over or replaced. */
  protected static void warn(String sentence) {
    LOGGER.warn(EscapedText.of(sentence));
  }

  @Override
  public final boolean hasNext() {
    if (!started) {
      open();
      started = true;
      ahead = read();
    }
    return ahead.isPresent();
  }

  /** The next pair as a record of this project. */
  public final SentencePair nextPair() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more pairs");
    }
    SentencePair pair = ahead.orElseThrow();
    ahead = read();
    return pair;
  }

  @Override
  public final List<Writable> next() {
    return record(nextPair());
  }

  /** A pair as DataVec's row. */
  public static List<Writable> record(SentencePair pair) {
    return List.of(new Text(pair.chinese()), new Text(pair.english()), new Text(pair.origin()));
  }

  @Override
  public final void reset() {
    started = false;
    ahead = Optional.empty();
  }

  @Override
  public final boolean resetSupported() {
    return true;
  }

  @Override
  public final void initialize(Configuration conf, InputSplit split)
      throws IOException, InterruptedException {
    setConf(conf);
    initialize(split);
  }

  @Override
  public final List<String> getLabels() {
    return List.of();
  }

  @Override
  public final List<Writable> record(URI uri, DataInputStream stream) {
    throw new UnsupportedOperationException("pairs are read from files");
  }

  @Override
  public final Record nextRecord() {
    return new org.datavec.api.records.impl.Record(next(), null);
  }

  @Override
  public final Record loadFromMetaData(RecordMetaData metaData) {
    throw new UnsupportedOperationException("pairs are read in order");
  }

  @Override
  public final List<Record> loadFromMetaData(List<RecordMetaData> metaData) {
    throw new UnsupportedOperationException("pairs are read in order");
  }

  @Override
  public final void setConf(Configuration conf) {
    this.configuration = conf;
  }

  @Override
  public final Configuration getConf() {
    return configuration;
  }
}
