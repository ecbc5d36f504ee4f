package org.yuqiao.text.sentencepiece;

import static org.yuqiao.files.InvalidInputException.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.text.Tokenizer;

/**
 * A {@code vocab.json}: the pieces of a SentencePiece tokenizer with the ids that a model was
 * trained with, which differ from those of the {@code .spm} file.
 *
 * <p>Here every vocabulary begins with {@link Tokenizer#SPECIALS}: the ids of the file are put in
 * that order. Its padding token, with which Marian's decoders begin, becomes {@code <bos>}; {@code
 * <pad>} is a token of its own.
 */
public final class PieceVocabulary {
  private static final String PADDING = "<pad>";
  private static final String END = "</s>";
  private static final String UNKNOWN = "<unk>";

  private final List<String> pieces;
  private final int[] fileIds;
  private final Map<String, Integer> ids = new HashMap<>();

  private PieceVocabulary(List<String> byFileId) {
    List<String> own = new ArrayList<>(Tokenizer.SPECIALS);
    fileIds = new int[byFileId.size() + 1];
    fileIds[Tokenizer.PAD] = -1;
    for (int fileId = 0; fileId < byFileId.size(); fileId++) {
      int id =
          switch (byFileId.get(fileId)) {
            case PADDING -> Tokenizer.BOS;
            case END -> Tokenizer.EOS;
            case UNKNOWN -> Tokenizer.UNK;
            default -> own.size();
          };
      if (id == own.size()) {
        own.add(byFileId.get(fileId));
        ids.put(byFileId.get(fileId), id);
      }
      fileIds[id] = fileId;
    }
    pieces = List.copyOf(own);
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException when it does not give each id from 0 on to one piece, or lacks
   *     {@code <pad>}, {@code </s>} or {@code <unk>}
   */
  static PieceVocabulary of(JsonNode root, Path file) {
    require(
        root.isObject() && !root.isEmpty(), file + ": expected a JSON object of tokens with ids");
    String[] byFileId = new String[root.size()];
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      JsonNode id = entry.getValue();
      require(
          id.isInt() && id.asInt() >= 0 && id.asInt() < byFileId.length,
          String.format(
              "%s: '%s' has the id %s; expected each of 0 to %d for one of the %d tokens",
              file, entry.getKey(), id, byFileId.length - 1, byFileId.length));
      require(
          byFileId[id.asInt()] == null,
          file
              + ": '"
              + entry.getKey()
              + "' and '"
              + byFileId[id.asInt()]
              + "' both have id "
              + id);
      byFileId[id.asInt()] = entry.getKey();
    }
    for (String special : List.of(PADDING, END, UNKNOWN)) {
      require(root.has(special), file + ": there is no token " + special);
    }
    for (String special : List.of("<bos>", "<eos>")) {
      require(
          !root.has(special), file + ": there is a token " + special + ", which is reserved here");
    }
    return new PieceVocabulary(List.of(byFileId));
  }

  /**
   * A {@code vocab.json} with the ids of the model file, and {@code <pad>} as the last where the
   * model has none.
   */
  static byte[] json(SentencePiece model, Path file) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    for (int id = 0; id < model.size(); id++) {
      require(
          !root.has(model.piece(id)), file + ": the piece '" + model.piece(id) + "' occurs twice");
      root.put(model.piece(id), id);
    }
    if (!root.has(PADDING)) {
      root.put(PADDING, model.size());
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The pieces by id, the special tokens first. */
  List<String> pieces() {
    return pieces;
  }

  /** The id of a piece, or {@link Tokenizer#UNK}. */
  int id(String piece) {
    return ids.getOrDefault(piece, Tokenizer.UNK);
  }

  /** Whether a piece has an id of its own. */
  boolean contains(String piece) {
    return ids.containsKey(piece);
  }

  /** The ids of the file by the ids here; -1 for {@code <pad>}, which the file does not have. */
  public int[] fileIds() {
    return fileIds.clone();
  }

  /** The id in the file of a special token of this program, as {@link Tokenizer#EOS}. */
  public int fileId(int id) {
    return fileIds[id];
  }
}
