package org.yuqiao.text.sentencepiece;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A SentencePiece tokenizer: from raw text to pieces and back, as the SentencePiece library cuts
 * and joins it.
 */
public final class SentencePiece {
  private static final char SPACE_MARK = '\u2581';

  private final SentencePieceFile model;
  private final Normalizer normalizer;
  private final Segmenter segmenter;
  private final Map<String, Integer> ids = new HashMap<>();

  private SentencePiece(SentencePieceFile model) {
    this.model = model;
    PieceTrie all = new PieceTrie();
    PieceTrie userDefined = new PieceTrie();
    for (int id = 0; id < model.pieces().size(); id++) {
      Piece piece = model.pieces().get(id);
      ids.putIfAbsent(piece.text(), id);
      if (piece.type().isText()) {
        all.add(piece.text(), id);
      }
      if (piece.type() == PieceType.USER_DEFINED) {
        userDefined.add(piece.text(), id);
      }
    }
    normalizer = new Normalizer(model.normalizer(), userDefined);
    segmenter =
        model.bpe() ? new BpeSegmenter(model, userDefined) : new UnigramSegmenter(model, all);
  }

  /**
   * Reads a model file.
   *
   * @throws org.yuqiao.files.InvalidInputException when it is missing, damaged, or neither unigram
   *     nor BPE
   */
  public static SentencePiece read(Path file) {
    return new SentencePiece(SentencePieceFile.read(file));
  }

  /** The model with the content {@code bytes} of {@code file}. */
  static SentencePiece of(byte[] bytes, Path file) {
    return new SentencePiece(SentencePieceFile.of(bytes, file));
  }

  /** The number of pieces. */
  public int size() {
    return model.pieces().size();
  }

  /** The text of a piece, with U+2581 for a space. */
  public String piece(int id) {
    return model.pieces().get(id).text();
  }

  /** The type of the piece with the text {@code piece}. */
  Optional<PieceType> typeOf(String piece) {
    return Optional.ofNullable(ids.get(piece)).map(id -> model.pieces().get(id).type());
  }

  /** The byte that a piece as {@code <0x0A>} stands for. */
  static int byteOf(String piece) {
    return Integer.parseInt(piece.substring(3, 5), 16);
  }

  /** The text after normalization. */
  public String normalize(String text) {
    return new String(normalized(text), StandardCharsets.UTF_8);
  }

  private byte[] normalized(String text) {
    return normalizer.apply(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The pieces of a text; a run of unknown characters is one piece. */
  public List<String> cut(String text) {
    return segments(text).stream().map(Segmenter.Segment::text).toList();
  }

  /** The ids of the pieces of a text, in the numbering of the model file. */
  public int[] encode(String text) {
    return segments(text).stream().mapToInt(Segmenter.Segment::id).toArray();
  }

  private List<Segmenter.Segment> segments(String text) {
    List<Segmenter.Segment> result = new ArrayList<>();
    boolean afterUnknown = false;
    for (Segmenter.Segment segment : segmenter.cut(normalized(text))) {
      boolean unknown = segment.id() == model.unknownId();
      if (unknown && model.byteFallback()) {
        addBytes(segment.text(), result);
      } else if (unknown && afterUnknown) {
        Segmenter.Segment last = result.remove(result.size() - 1);
        result.add(new Segmenter.Segment(last.text() + segment.text(), last.id()));
      } else {
        result.add(segment);
      }
      afterUnknown = unknown;
    }
    return result;
  }

  private void addBytes(String text, List<Segmenter.Segment> result) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      String piece = String.format(Locale.ROOT, "<0x%02X>", b & 0xFF);
      result.add(new Segmenter.Segment(piece, ids.getOrDefault(piece, model.unknownId())));
    }
  }

  /** The text of pieces. */
  public String decode(int[] pieces) {
    StringBuilder text = new StringBuilder();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean atStart = true;
    for (int id : pieces) {
      Piece piece = model.pieces().get(id);
      if (piece.type() == PieceType.BYTE) {
        bytes.write(byteOf(piece.text()));
        continue;
      }
      atStart &= bytes.size() == 0;
      flush(bytes, text);
      atStart = append(piece, atStart, text);
    }
    flush(bytes, text);
    return text.toString();
  }

  /** Appends the text of a piece; whether spaces that follow are still at the start. */
  private boolean append(Piece piece, boolean atStart, StringBuilder text) {
    if (piece.type() == PieceType.CONTROL) {
      return atStart;
    }
    if (piece.type() == PieceType.UNKNOWN) {
      text.append(model.unknownSurface());
      return false;
    }
    String surface = piece.text();
    boolean strips =
        model.normalizer().addDummyPrefix() || model.normalizer().removeExtraWhitespaces();
    boolean stripped = atStart && strips && surface.charAt(0) == SPACE_MARK;
    String shown = (stripped ? surface.substring(1) : surface).replace(SPACE_MARK, ' ');
    text.append(shown);
    boolean seen = !shown.isEmpty() || (stripped && !model.normalizer().removeExtraWhitespaces());
    return atStart && !seen;
  }

  /** Appends bytes as characters; each byte that belongs to none becomes U+FFFD. */
  private static void flush(ByteArrayOutputStream bytes, StringBuilder text) {
    byte[] all = bytes.toByteArray();
    bytes.reset();
    for (int i = 0; i < all.length; ) {
      int length = Utf8.length(all[i]);
      String character =
          i + length <= all.length ? new String(all, i, length, StandardCharsets.UTF_8) : "\uFFFD";
      boolean valid =
          character.codePointCount(0, character.length()) == 1
              && character.codePointAt(0) != 0xFFFD;
      text.append(valid ? character : "\uFFFD");
      i += valid ? length : 1;
    }
  }
}
