package org.yuqiao.cli.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuqiao.ChineseFont;
import org.yuqiao.cli.Main;
import org.yuqiao.corpus.fetch.CorpusRegistry;
import org.yuqiao.experiment.ExperimentPlan;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.settings.SettingsTree;

/** Commands, settings, Java, links and variables of README and docs are those of the program. */
class DocumentationTest {
  private static final int MAX_README_LINES = 150;
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern INLINE = Pattern.compile("`(\\./yuqiao [^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** Names that look like settings. */
  private static final Set<String> FILES =
      Set.of("model.bin", "model.json", "model.safetensors", "model.zhen.intgemm.alphas.bin");

  @TempDir private Path folder;

  static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(
            List.of(Path.of("README.md"), Path.of("README.zh.md"), Path.of("CONTRIBUTING.md")));
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      docs.filter(path -> path.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  private static List<String> blocks(Path page, String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** The arguments of each call of {@code ./yuqiao} on a page. */
  private static List<List<String>> commands(Path page) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String block : blocks(page, "")) {
      lines.addAll(block.lines().toList());
    }
    INLINE.matcher(Files.readString(page)).results().map(m -> m.group(1)).forEach(lines::add);
    List<List<String>> commands = new ArrayList<>();
    for (String line : lines) {
      String command = line.replaceAll("\\s#.*", "");
      int start = command.indexOf("./yuqiao");
      if (start >= 0) {
        String call = command.substring(start + "./yuqiao".length());
        commands.add(arguments(call.replaceAll("\\s[<>|].*", "")));
      }
    }
    return commands;
  }

  private static List<String> arguments(String call) {
    return ARGUMENT
        .matcher(call)
        .results()
        .map(m -> Stream.of(1, 2, 3).map(m::group).filter(g -> g != null).findFirst().orElse(""))
        .filter(argument -> !argument.startsWith("[") && !argument.equals("..."))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandIsOneOfTheProgram(Path page) throws IOException {
    for (List<String> command : commands(page)) {
      Main.commandLine().parseArgs(command.toArray(new String[0]));
    }
  }

  @Test
  void commandsAreFoundAtAll() throws IOException {
    int count = 0;
    for (Path page : pages()) {
      count += commands(page).size();
    }
    assertTrue(count > 60, count + " commands");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everySettingIsKnownAndHasAnAllowedValue(Path page) throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.yaml"), "{}\n");
    for (List<String> command : commands(page)) {
      List<String> overrides = new ArrayList<>();
      for (int i = 0; i + 1 < command.size(); i++) {
        if (command.get(i).equals("--set")) {
          overrides.add(command.get(i + 1));
        }
      }
      SettingsFile.read(empty, overrides);
    }
  }

  @Test
  void experimentsAndRegistriesOfThePagesAreReadable() throws IOException {
    Files.copy(Path.of("experiments/quickstart.yaml"), folder.resolve("quickstart.yaml"));
    int runs = 0;
    int corpora = -CorpusRegistry.ofProgram().corpora().size();
    for (Path page : pages()) {
      for (String yaml : blocks(page, "yaml")) {
        Path file = Files.writeString(folder.resolve("page.yaml"), yaml);
        if (yaml.contains("downloads:")) {
          corpora += CorpusRegistry.ofProgram().with(file).corpora().size();
        } else {
          runs += ExperimentPlan.read(file).get(0).runs().size();
        }
      }
    }
    assertEquals(1 + 1 + 1 + 1 + 12, runs);
    assertEquals(1, corpora);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    Path parent = page.toAbsolutePath().getParent();
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      String target = link.group(1);
      if (target.startsWith("http")) {
        continue;
      }
      String[] parts = target.split("#", 2);
      Path file = parts[0].isEmpty() ? page : parent.resolve(parts[0]);
      assertTrue(Files.exists(file), () -> page + ": " + target);
      if (parts.length == 2) {
        Set<String> anchors =
            HEADING
                .matcher(Files.readString(file))
                .results()
                .map(heading -> anchor(heading.group(1)))
                .collect(Collectors.toSet());
        assertTrue(anchors.contains(parts[1]), () -> page + ": " + target);
      }
    }
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} -]", "").replace(' ', '-');
  }

  @Test
  void bothReadmesAreShort() throws IOException {
    for (String name : List.of("README.md", "README.zh.md")) {
      assertTrue(Files.readAllLines(Path.of(name)).size() <= MAX_README_LINES, name);
    }
  }

  @Test
  void javaOfThePagesCompiles() throws IOException {
    int number = 0;
    for (Path page : pages()) {
      for (String code : blocks(page, "java")) {
        compile("Snippet" + number++, code);
      }
    }
    assertEquals(3, number);
  }

  @Test
  void javaOfTheReadmeRuns() throws Exception {
    ChineseFont.require();
    Path picture = folder.resolve("cross.png");
    String code = blocks(Path.of("README.md"), "java").get(0);
    assertTrue(code.contains("\"cross.png\""));
    compile("Readme", code.replace("\"cross.png\"", "\"" + picture + "\""));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader.loadClass("Readme").getMethod("run").invoke(null);
    }
    assertTrue(Files.size(picture) > 1000);
  }

  private void compile(String name, String code) throws IOException {
    Map<String, String> types = types();
    String imports =
        Pattern.compile("\\b[A-Z]\\w+")
            .matcher(code.replaceAll("\"[^\"]*\"", "\"\""))
            .results()
            .map(MatchResult::group)
            .distinct()
            .filter(types::containsKey)
            .map(type -> "import " + types.get(type) + ";\n")
            .collect(Collectors.joining());
    String source =
        "import java.nio.file.Path;\nimport java.util.*;\n"
            + imports
            + "public class "
            + name
            + " {\n  public static void run() throws Exception {\n"
            + code
            + "  }\n}\n";
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-cp", System.getProperty("java.class.path"), "-d", folder.toString()),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
            .call();
    assertTrue(compiled, () -> messages + "\n" + source);
  }

  /** The project's top-level types by their simple names. */
  private static Map<String, String> types() throws IOException {
    Path root = Path.of("src/main/java");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(path -> path.toString().endsWith(".java"))
          .map(
              path -> root.relativize(path).toString().replace('/', '.').replaceAll("\\.java$", ""))
          .filter(name -> !name.endsWith("package-info"))
          .collect(
              Collectors.toMap(
                  name -> name.substring(name.lastIndexOf('.') + 1),
                  Function.identity(),
                  (first, second) -> first,
                  TreeMap::new));
    }
  }

  @Test
  void theReadmesTranslationsAreThoseOfTheShippedModel() throws IOException {
    Pattern session =
        Pattern.compile("\\$ printf '([^']+)' \\| \\./yuqiao translate\\n((?:.+\\n)+?)```");
    for (String name : List.of("README.md", "README.zh.md")) {
      Matcher matcher = session.matcher(Files.readString(Path.of(name)));
      assertTrue(matcher.find(), name);
      List<String> sources =
          Arrays.stream(matcher.group(1).split("\\\\n")).filter(s -> !s.isEmpty()).toList();
      try (TranslationModel model = TranslationModel.load(Path.of("models/zh-en"))) {
        assertEquals(matcher.group(2).lines().toList(), model.translate(sources), name);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyKeyOfThePagesIsASetting(Path page) throws IOException {
    Pattern key =
        Pattern.compile(
            "`((?:data|subwords|model|embedding|start|train|optimizer|decode)\\.[a-z][a-zA-Z.]*)`");
    Set<String> known = SettingsTree.defaults().flat().keySet();
    for (String name : found(key, Files.readString(page), FILES)) {
      assertTrue(known.stream().anyMatch(k -> k.equals(name) || k.startsWith(name + ".")), name);
    }
  }

  @Test
  void everyPropertyAndVariableIsDocumented() throws IOException {
    String page = Files.readString(Path.of("docs/hardware.md"));
    assertEquals(
        found(Pattern.compile("(?:\"|\\$\\{)(yuqiao\\.[a-z]+)(?:\"|:)"), "src/main"),
        found(Pattern.compile("`(yuqiao\\.[a-z]+)`"), page, Set.of()));
    assertEquals(
        found(Pattern.compile("(YUQIAO_[A-Z_]+)"), Files.readString(Path.of("yuqiao")), Set.of()),
        found(Pattern.compile("`(YUQIAO_[A-Z_]+)`"), page, Set.of()));
  }

  private static Set<String> found(Pattern pattern, String root) throws IOException {
    Set<String> all = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of(root))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().matches(".*\\.(java|xml)")) {
          all.addAll(found(pattern, Files.readString(file), Set.of("yuqiao.properties")));
        }
      }
    }
    assertFalse(all.isEmpty());
    return all;
  }

  private static Set<String> found(Pattern pattern, String text, Set<String> except) {
    Set<String> all =
        pattern.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toSet());
    all.removeAll(except);
    return new TreeSet<>(all);
  }
}
