package org.yuqiao.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.samskivert.mustache.MustacheException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTemplateTest {
  private static final Map<String, Object> VALUES =
      Map.of("word", "<a> & \"b\" | c\nd", "list", List.of("x", "y"));

  private static ReportTemplate markdown() {
    return ReportTemplate.of(ReportTemplateTest.class, "template.md", ReportTemplate::markdown);
  }

  @Test
  void markdownEscapesTheBordersOfCellsButNotHtml() {
    assertEquals(
        "| <a> & \"b\" \\| c d | <a> & \"b\" | c\nd |\n- x\n- y\nend\n", markdown().render(VALUES));
  }

  @Test
  void htmlIsEscaped() {
    ReportTemplate html =
        ReportTemplate.of(ReportTemplateTest.class, "template.md", ReportTemplate::html);
    String first = html.render(VALUES).lines().findFirst().orElseThrow();
    assertEquals("| &lt;a&gt; &amp; &quot;b&quot; | c", first);
  }

  @Test
  void anUnknownNameIsAnErrorAndNotAGap() {
    assertThrows(MustacheException.class, () -> markdown().render(Map.of("list", List.of())));
    assertThrows(MustacheException.class, () -> markdown().render(Map.of("word", "a")));
  }

  @Test
  void aMissingTemplateIsNamed() {
    NullPointerException e =
        assertThrows(
            NullPointerException.class,
            () -> ReportTemplate.of(ReportTemplateTest.class, "none.md", ReportTemplate::markdown));
    assertEquals("no template none.md", e.getMessage());
  }
}
