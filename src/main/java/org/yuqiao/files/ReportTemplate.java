package org.yuqiao.files;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A Mustache template of a report, a resource beside the class that fills it.
 *
 * <p>{@code {{name}}} is escaped, {@code {{&name}}} is not. Names are components of records or
 * methods without parameters; an unknown one is an error.
 */
public final class ReportTemplate {
  private final Template template;

  private ReportTemplate(Template template) {
    this.template = template;
  }

  /**
   * Loads a template.
   *
   * @param owner the class beside which the template and its partials lie
   * @param name the file name
   * @param escaper {@link #markdown}, {@link #html} or a function made from them
   */
  public static ReportTemplate of(Class<?> owner, String name, UnaryOperator<String> escaper) {
    return new ReportTemplate(
        Mustache.compiler()
            .withEscaper(escaper::apply)
            .withLoader(partial -> new StringReader(read(owner, partial)))
            .strictSections(true)
            .compile(read(owner, name)));
  }

  private static String read(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, "no template " + name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the template " + name, e);
    }
  }

  /** Escapes text for a cell of a Markdown table: pipes and line breaks, no HTML entities. */
  public static String markdown(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  /** Escapes text for HTML. */
  public static String html(String text) {
    return Escapers.HTML.escape(text);
  }

  /** The report filled with {@code values}. */
  public String render(Object values) {
    return template.execute(values);
  }
}
