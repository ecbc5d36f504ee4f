package org.yuqiao.corpus.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;

/**
 * Translation Memory eXchange: units with a variant whose language begins with "zh" and one with
 * "en".
 */
final class TmxRecordReader extends PairRecordReader {
  private static final long serialVersionUID = 1L;
  private static final String XML = "http://www.w3.org/XML/1998/namespace";

  private final String file;
  private transient InputStream in;
  private transient XMLStreamReader xml;

  /** Reads {@code file}. */
  TmxRecordReader(Path file) {
    this.file = file.toString();
  }

  @Override
  protected void open() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // What a document declares outside itself is not fetched.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      in = Files.newInputStream(Path.of(file));
      xml = factory.createXMLStreamReader(in);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (IOException | XMLStreamException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  protected Optional<SentencePair> read() {
    try {
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("tu")) {
          return Optional.of(readUnit());
        }
      }
      close();
      return Optional.empty();
    } catch (XMLStreamException e) {
      throw new InvalidInputException(
          file + ", line " + e.getLocation().getLineNumber() + ": not well-formed XML", e);
    }
  }

  private SentencePair readUnit() throws XMLStreamException {
    String origin = file + ", line " + xml.getLocation().getLineNumber();
    Map<String, String> sides = new HashMap<>();
    String language = "";
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("tuv")) {
        String code = xml.getAttributeValue(XML, "lang");
        code = code == null ? xml.getAttributeValue(null, "lang") : code;
        language = code == null ? "" : code.toLowerCase(Locale.ROOT);
      } else if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("seg")) {
        sides.putIfAbsent(language.substring(0, Math.min(2, language.length())), segment());
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("tu")) {
        break;
      }
    }
    if (!sides.containsKey("zh") || !sides.containsKey("en")) {
      throw new InvalidInputException(origin + ": expected a unit with a zh and an en variant");
    }
    return new SentencePair(sides.get("zh"), sides.get("en"), origin);
  }

  /** The text of a segment; the marks of formatting inside it are left out. */
  private String segment() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(depth == 1 ? xml.getText() : "");
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot close " + file, e);
    }
  }
}
