package org.yuqiao.store.huggingface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.yuqiao.text.BpeTokenizer;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerJson;

/**
 * The {@code tokenizer.json} that encodes text of one side to ids of the joint vocabulary and
 * decodes translations. Tokens of the other side are marked by their language, as in {@code
 * [en]▁the}, so that no text becomes one.
 *
 * @param encodes the tokenizer of the side whose text it encodes
 * @param marked the other side
 * @param language of the text
 * @param isSource whether it encodes sources
 */
record SideTokenizer(
    BpeTokenizer encodes, BpeTokenizer marked, Language language, boolean isSource) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The file for a vocabulary that both sides share. */
  ObjectNode shared() {
    ObjectNode root = TokenizerJson.tree(encodes);
    root.set("normalizer", NormalizerJson.of(language));
    root.set("decoder", target().get("decoder"));
    putEnd(root, Tokenizer.EOS);
    return root;
  }

  /** The file for a vocabulary of source tokens followed by target tokens. */
  ObjectNode joint() {
    ObjectNode root = TokenizerJson.tree(encodes);
    int offset = isSource ? 0 : marked.size();
    ArrayNode specials = JSON.createArrayNode();
    ObjectNode vocabulary = JSON.createObjectNode();
    List<BpeTokenizer> sides = isSource ? List.of(encodes, marked) : List.of(marked, encodes);
    for (BpeTokenizer side : sides) {
      for (int id = 0; id < side.size(); id++) {
        String token = side == encodes ? side.piece(id) : mark(side.piece(id));
        if (id < Tokenizer.SPECIALS.size()) {
          specials.add(special(root, id, token, vocabulary.size()));
        }
        vocabulary.put(token, vocabulary.size());
      }
    }
    root.set("added_tokens", specials);
    ((ObjectNode) root.get("model")).set("vocab", vocabulary);
    root.set("normalizer", NormalizerJson.of(language));
    root.set("decoder", unmarkedDecoder());
    putEnd(root, offset + Tokenizer.EOS);
    return root;
  }

  /** The special tokens of the other side. */
  List<String> markedSpecials() {
    return Tokenizer.SPECIALS.stream().map(this::mark).toList();
  }

  private String mark(String token) {
    return "[" + markedCode() + "]" + token;
  }

  private String markedCode() {
    return language.other().code();
  }

  private static ObjectNode special(ObjectNode root, int id, String token, int newId) {
    ObjectNode node = root.get("added_tokens").get(id).deepCopy();
    return node.put("id", newId).put("content", token);
  }

  private ObjectNode target() {
    return TokenizerJson.tree(isSource ? marked : encodes);
  }

  private ObjectNode unmarkedDecoder() {
    ObjectNode decoder = (ObjectNode) target().get("decoder");
    ObjectNode replace = JSON.createObjectNode().put("type", "Replace");
    replace.putObject("pattern").put("Regex", "^\\[" + markedCode() + "\\]");
    replace.put("content", "");
    ((ArrayNode) decoder.get("decoders")).insert(0, replace);
    return decoder;
  }

  /** Adds {@code <eos>} to each text. */
  private static void putEnd(ObjectNode root, int id) {
    String end = Tokenizer.SPECIALS.get(Tokenizer.EOS);
    ObjectNode template = root.putObject("post_processor").put("type", "TemplateProcessing");
    addText(template.putArray("single"), "A", end, 0);
    ArrayNode pair = template.putArray("pair");
    addText(pair, "A", end, 0);
    addText(pair, "B", end, 1);
    ObjectNode special = template.putObject("special_tokens").putObject(end).put("id", end);
    special.putArray("ids").add(id);
    special.putArray("tokens").add(end);
  }

  private static void addText(ArrayNode template, String text, String end, int type) {
    template.addObject().putObject("Sequence").put("id", text).put("type_id", type);
    template.addObject().putObject("SpecialToken").put("id", end).put("type_id", type);
  }
}
