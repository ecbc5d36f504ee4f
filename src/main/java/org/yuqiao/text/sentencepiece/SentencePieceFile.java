package org.yuqiao.text.sentencepiece;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * A SentencePiece model file, {@code .spm} or {@code .model}: the protocol buffer {@code
 * ModelProto}, of which the fields that segmentation needs are read.
 *
 * @param pieces by id
 * @param bpe whether it is a BPE model; else unigram
 * @param unknownId the id of the unknown piece
 * @param byteFallback whether unknown characters become bytes
 * @param unknownSurface the text of the unknown piece when decoding
 */
record SentencePieceFile(
    List<Piece> pieces,
    boolean bpe,
    int unknownId,
    boolean byteFallback,
    String unknownSurface,
    NormalizerSettings normalizer) {
  /** The maximum size; the largest known models, of 256,000 pieces, have some 5 MB. */
  static final int MAX_BYTES = 32 << 20;

  private static final int MAX_PIECES = 2_000_000;
  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");
  private static final int UNIGRAM = 1;
  private static final int BPE = 2;

  /** Numbers of fields in ModelProto, TrainerSpec, NormalizerSpec and SentencePiece. */
  private static final int PIECES = 1;

  private static final int TRAINER = 2;
  private static final int NORMALIZER = 3;
  private static final int MODEL_TYPE = 3;
  private static final int SUFFIX = 24;
  private static final int FALLBACK = 35;
  private static final int UNKNOWN_SURFACE = 44;

  /**
   * Reads a file.
   *
   * @throws InvalidInputException when it is missing, damaged, or of another model type
   */
  static SentencePieceFile read(Path file) {
    try {
      return of(InputFile.bytes(file, MAX_BYTES), file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /** The model with the content {@code bytes} of {@code file}. */
  static SentencePieceFile of(byte[] bytes, Path file) {
    try {
      return new Parser(file).parse(bytes);
    } catch (InvalidProtocolBufferException | CharacterCodingException e) {
      throw new InvalidInputException(file + " is no SentencePiece model, or damaged", e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /** Reads field by field; what is not there has the default of the format. */
  private static final class Parser {
    private final Path file;
    private final List<Piece> pieces = new ArrayList<>();
    private int modelType = UNIGRAM;
    private boolean suffix;
    private boolean byteFallback;
    private String unknownSurface = " \u2047 ";
    private byte[] characterMap = {};
    private final Map<Integer, Boolean> switches = new HashMap<>();

    Parser(Path file) {
      this.file = file;
    }

    SentencePieceFile parse(byte[] bytes) throws IOException {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        boolean message = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        switch (message ? WireFormat.getTagFieldNumber(tag) : 0) {
          case PIECES -> pieces.add(piece(in.readBytes().newCodedInput()));
          case TRAINER -> trainer(in.readBytes().newCodedInput());
          case NORMALIZER -> normalizer(in.readBytes().newCodedInput());
          default -> in.skipField(tag);
        }
      }
      return result();
    }

    private Piece piece(CodedInputStream in) throws IOException {
      String text = "";
      float score = 0;
      int type = 1;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 1 -> text = utf8(in.readByteArray());
          case 2 -> score = in.readFloat();
          case 3 -> type = in.readEnum();
          default -> in.skipField(tag);
        }
      }
      int number = type;
      int id = pieces.size();
      PieceType known =
          PieceType.of(number)
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          file + ": piece " + id + " has the unknown type " + number));
      InvalidInputException.require(
          !text.isEmpty() && !Float.isNaN(score), file + ": piece " + id + " has no text or score");
      InvalidInputException.require(
          known != PieceType.BYTE || BYTE.matcher(text).matches(),
          file + ": piece " + id + " is a byte called '" + text + "'; expected such as <0x0A>");
      InvalidInputException.require(
          id < MAX_PIECES, file + " has more than " + MAX_PIECES + " pieces, the maximum");
      return new Piece(text, score, known);
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    }

    private void trainer(CodedInputStream in) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case MODEL_TYPE -> modelType = in.readEnum();
          case SUFFIX -> suffix = in.readBool();
          case FALLBACK -> byteFallback = in.readBool();
          case UNKNOWN_SURFACE -> unknownSurface = utf8(in.readByteArray());
          default -> in.skipField(tag);
        }
      }
    }

    private void normalizer(CodedInputStream in) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        int number = WireFormat.getTagFieldNumber(tag);
        switch (number) {
          case 2 -> characterMap = in.readByteArray();
          case 3, 4, 5 -> switches.put(number, in.readBool());
          default -> in.skipField(tag);
        }
      }
    }

    private SentencePieceFile result() {
      InvalidInputException.require(
          modelType == UNIGRAM || modelType == BPE,
          file + " is neither a unigram nor a BPE model: its model_type is " + modelType);
      int unknown = -1;
      for (int id = 0; id < pieces.size(); id++) {
        if (pieces.get(id).type() == PieceType.UNKNOWN) {
          InvalidInputException.require(unknown < 0, file + " has two unknown pieces");
          unknown = id;
        }
      }
      InvalidInputException.require(unknown >= 0, file + " has no unknown piece");
      return new SentencePieceFile(
          List.copyOf(pieces),
          modelType == BPE,
          unknown,
          byteFallback,
          unknownSurface,
          new NormalizerSettings(
              characterMap.length == 0
                  ? Optional.empty()
                  : Optional.of(new CharacterMap(characterMap, file.toString())),
              switches.getOrDefault(3, true),
              switches.getOrDefault(4, true),
              switches.getOrDefault(5, true),
              suffix));
    }
  }
}
