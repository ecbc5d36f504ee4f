package org.yuqiao.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All files that the server sends, by their path below its root. */
final class PageFiles {
  private static final String INDEX = "index.html";
  private static final String PAGE = "/org/yuqiao/server/page/" + INDEX;
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  /** The modules of the page's libraries: their build for browsers, no other. */
  private static final Map<String, Pattern> LIBRARIES = libraries();

  private final Map<String, PageFile> files;

  private PageFiles(Map<String, PageFile> files) {
    this.files = files;
  }

  private static Map<String, Pattern> libraries() {
    Map<String, Pattern> libraries = new LinkedHashMap<>();
    libraries.put("lit-html", Pattern.compile("[a-z-]+\\.js|directives/[a-z-]+\\.js"));
    for (String name :
        List.of(
            "d3-array",
            "d3-color",
            "d3-format",
            "d3-interpolate",
            "d3-path",
            "d3-scale",
            "d3-shape")) {
      libraries.put(name, Pattern.compile("dist/" + name + "\\.min\\.js"));
    }
    return libraries;
  }

  /** The page of this program with its libraries. */
  static PageFiles ofProgram() {
    return withLibraries(ResourceFolder.containing(PAGE), ofLibraries());
  }

  /** The page in {@code folder}, for those who change it, with the libraries of this program. */
  PageFiles withPageOf(Path folder) {
    Map<String, PageFile> libraries = new LinkedHashMap<>(files);
    libraries.keySet().removeIf(path -> !path.startsWith("lib/"));
    return withLibraries(ResourceFolder.in(folder), libraries);
  }

  private static PageFiles withLibraries(
      Map<String, byte[]> page, Map<String, PageFile> libraries) {
    Map<String, PageFile> files = new LinkedHashMap<>(libraries);
    page.forEach((path, bytes) -> files.put(path, PageFile.of(path, bytes)));
    return new PageFiles(files);
  }

  private static Map<String, PageFile> ofLibraries() {
    Map<String, PageFile> files = new LinkedHashMap<>();
    LIBRARIES.forEach(
        (name, modules) -> {
          String folder = "/META-INF/resources/webjars/" + name + "/" + version(name);
          ResourceFolder.containing(folder + "/package.json")
              .forEach(
                  (path, bytes) -> {
                    if (modules.matcher(path).matches()) {
                      files.put("lib/" + name + "/" + path, PageFile.of(path, bytes));
                    }
                  });
        });
    return files;
  }

  private static String version(String library) {
    String resource = "/META-INF/maven/org.webjars.npm/" + library + "/pom.properties";
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks the WebJar " + library);
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The paths of all files but the HTML document. */
  List<String> paths() {
    return files.keySet().stream().filter(path -> !path.equals(INDEX)).toList();
  }

  /** The file at {@code path}, without a slash before it. */
  Optional<PageFile> find(String path) {
    return path.equals(INDEX) ? Optional.empty() : Optional.ofNullable(files.get(path));
  }

  /** The HTML document of all views. */
  PageFile index() {
    return files.get(INDEX);
  }

  /** The hash of the import map, the only inline script, for the content security policy. */
  String importMapHash() {
    Matcher map = IMPORT_MAP.matcher(new String(index().bytes(), StandardCharsets.UTF_8));
    String script = map.find() ? map.group(1) : "";
    return "sha256-"
        + Base64.getEncoder()
            .encodeToString(PageFile.sha256(script.getBytes(StandardCharsets.UTF_8)));
  }
}
