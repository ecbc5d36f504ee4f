package org.yuqiao.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.yuqiao.corpus.clean.Cleaning;
import org.yuqiao.corpus.pair.SentencePair;

/**
 * What the steps that look at a pair's own text made of it, as bytes between machines.
 *
 * @param outcome with the pair after the steps
 * @param changed whether they changed it
 */
record JudgedPair(Cleaning.Outcome outcome, boolean changed) {
  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      SentencePair pair = outcome.pair();
      out.writeBoolean(changed);
      write(out, outcome.droppedBy());
      write(out, pair.origin());
      if (outcome.kept()) {
        write(out, pair.chinese());
        write(out, pair.english());
      } else {
        write(out, outcome.reason());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  /** The pair of {@link #toBytes}; of a dropped one, the text is left out. */
  static JudgedPair of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      boolean changed = in.readBoolean();
      String droppedBy = read(in);
      String origin = read(in);
      Cleaning.Outcome outcome =
          droppedBy.isEmpty()
              ? Cleaning.Outcome.kept(new SentencePair(read(in), read(in), origin))
              : new Cleaning.Outcome(new SentencePair("", "", origin), droppedBy, read(in));
      return new JudgedPair(outcome, changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
