package org.yuqiao.corpus.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.text.Language;

/**
 * Translation Memory eXchange (TMX 1.4): the first Chinese and the first English variant of each
 * unit. Units without one of them are skipped and counted.
 */
public final class TmxRecordReader extends PairRecordReader {
  private static final long serialVersionUID = 1L;
  private static final String XML = "http://www.w3.org/XML/1998/namespace";

  /** Elements inside a segment that hold codes of another format, not text. */
  private static final Set<String> CODES = Set.of("bpt", "ept", "ph", "it", "ut");

  /** An element that holds text inside such a code, as of a footnote or a title. */
  private static final String SUB_FLOW = "sub";

  private static final int MAX_TAGS = 20;
  private static final int MAX_DEPTH = 1000;
  private static final int MAX_CHARACTERS = 1 << 24;
  private static final Pattern ENTITY = Pattern.compile("entity \"([^\"]+)\"");

  private final String file;
  private final transient Set<String> tags = new TreeSet<>();
  private transient InputStream in;
  private transient XMLStreamReader xml;
  private transient long pairs;
  private transient long passedOver;

  /** Reads {@code file}. */
  public TmxRecordReader(Path file) {
    this.file = file.toString();
  }

  private String name() {
    return InputFile.name(Path.of(file));
  }

  @Override
  protected void open() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // What a document declares outside itself is not fetched.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    in = InputFile.open(Path.of(file));
    pairs = 0;
    passedOver = 0;
    try {
      xml = factory.createXMLStreamReader(in);
      while (xml.hasNext() && !xml.isStartElement()) {
        nextEvent();
      }
      if (xml.isStartElement() && !xml.getLocalName().equals("tmx")) {
        throw new InvalidInputException(
            name() + ": expected the root element <tmx>, but found <" + xml.getLocalName() + ">");
      }
    } catch (XMLStreamException e) {
      throw notWellFormed(e);
    }
  }

  @Override
  protected Optional<SentencePair> read() {
    try {
      while (xml.hasNext()) {
        if (nextEvent() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("tu")) {
          Optional<SentencePair> pair = readUnit();
          pairs += pair.isPresent() ? 1 : 0;
          passedOver += pair.isPresent() ? 0 : 1;
          if (pair.isPresent()) {
            return pair;
          }
        }
      }
    } catch (XMLStreamException e) {
      throw notWellFormed(e);
    }
    close();
    reportPassedOver();
    return Optional.empty();
  }

  /** The next event; the parser fails in other ways, too, as inside a damaged DOCTYPE. */
  private int nextEvent() throws XMLStreamException {
    try {
      return xml.next();
    } catch (RuntimeException e) {
      throw new XMLStreamException("the parser cannot read on", xml.getLocation(), e);
    }
  }

  private void reportPassedOver() {
    if (passedOver > 0 && pairs == 0) {
      throw new InvalidInputException(
          String.format(
              "%s: none of its %d units has a zh and an en variant; the languages found are: %s",
              name(), passedOver, String.join(", ", tags)));
    }
    if (passedOver > 0) {
      warn(
          String.format(
              "%s: %d units without a zh or an en variant are passed over; the languages found are:"
                  + " %s",
              name(), passedOver, String.join(", ", tags)));
    }
  }

  private InvalidInputException notWellFormed(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    Matcher entity = ENTITY.matcher(message);
    String problem =
        entity.find()
            ? "uses the entity '"
                + entity.group(1)
                + "', which XML itself does not define; declarations in a DOCTYPE are not read"
            : "not well-formed XML: " + message.replaceFirst("(?s)^.*Message: ", "").strip();
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
    return new InvalidInputException(name() + ", line " + line + ": " + problem, e);
  }

  /** The pair of a unit; empty when a language is missing. */
  private Optional<SentencePair> readUnit() throws XMLStreamException {
    String origin = name() + ", line " + xml.getLocation().getLineNumber();
    Map<Language, String> sides = new EnumMap<>(Language.class);
    Optional<Language> language = Optional.empty();
    while (xml.hasNext()) {
      int event = nextEvent();
      if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("tuv")) {
        language = LanguageTags.ofTag(variantTag());
      } else if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("seg")) {
        String text = segment();
        language.ifPresent(known -> sides.putIfAbsent(known, text));
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("tu")) {
        break;
      }
    }
    return sides.size() < 2
        ? Optional.empty()
        : Optional.of(new SentencePair(sides.get(Language.ZH), sides.get(Language.EN), origin));
  }

  private String variantTag() {
    String tag = xml.getAttributeValue(XML, "lang");
    tag = tag == null ? xml.getAttributeValue(null, "lang") : tag;
    String known = tag == null ? "none" : tag.strip();
    if (tags.size() < MAX_TAGS) {
      tags.add(known);
    }
    return known;
  }

  /** The text of a segment without the codes inside it; those may hold texts of their own. */
  private String segment() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    Deque<Boolean> kept = new ArrayDeque<>(List.of(true));
    while (!kept.isEmpty()) {
      switch (nextEvent()) {
        case XMLStreamConstants.START_ELEMENT -> {
          text.append(isSubFlow() ? " " : "");
          kept.push(isSubFlow() || (kept.element() && !CODES.contains(xml.getLocalName())));
          require(kept.size() <= MAX_DEPTH, "elements are nested deeper than " + MAX_DEPTH);
        }
        case XMLStreamConstants.END_ELEMENT -> {
          kept.pop();
          text.append(isSubFlow() ? " " : "");
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          text.append(kept.element() ? xml.getText() : "");
          require(
              text.length() <= MAX_CHARACTERS,
              "a segment has more than " + MAX_CHARACTERS + " characters");
        }
        default -> {} // comments and processing instructions
      }
    }
    return text.toString();
  }

  private boolean isSubFlow() {
    return xml.getLocalName().equals(SUB_FLOW);
  }

  private void require(boolean condition, String problem) {
    int line = xml.getLocation().getLineNumber();
    InvalidInputException.require(condition, name() + ", line " + line + ": " + problem);
  }

  @Override
  public void close() {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot close " + name() + ": " + IoError.message(e), e);
    }
  }
}
