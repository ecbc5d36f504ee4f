package org.yuqiao.cli.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.cli.InProcess;

/** The first translations that a newcomer sees are those that the shipped translator makes. */
class ReadmeExampleTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("\\$ printf '([^']+)' \\| \\./yuqiao translate\n((?:[^`\n]+\n)+)");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh.md"})
  void theReadmeShowsWhatTheShippedTranslatorPrints(String file) throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of(file)));
    assertTrue(example.find(), file);
    String input = example.group(1).replace("\\n", "\n");
    assertEquals(example.group(2), InProcess.run(input, "translate").out());
  }
}
