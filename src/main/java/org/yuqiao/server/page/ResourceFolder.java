package org.yuqiao.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/** Reads all files below a folder of the class path, in a jar or not. */
final class ResourceFolder {
  private ResourceFolder() {}

  /**
   * The contents of each file by its path below the folder of {@code resource}.
   *
   * @param resource a file of the folder that exists
   */
  static Map<String, byte[]> containing(String resource) {
    URL url = ResourceFolder.class.getResource(resource);
    if (url == null) {
      throw new IllegalStateException("the class path lacks " + resource);
    }
    try {
      if (url.getProtocol().equals("jar")) {
        JarURLConnection connection = (JarURLConnection) url.openConnection();
        String entry = connection.getEntryName();
        try (JarFile jar = new JarFile(Path.of(connection.getJarFileURL().toURI()).toFile())) {
          return inJar(jar, entry.substring(0, entry.lastIndexOf('/') + 1));
        }
      }
      return in(Path.of(new URI(url.toString())).getParent());
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot read the class path at " + url, e);
    }
  }

  private static Map<String, byte[]> inJar(JarFile jar, String folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
      if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
        try (InputStream in = jar.getInputStream(entry)) {
          files.put(entry.getName().substring(folder.length()), in.readAllBytes());
        }
      }
    }
    return files;
  }

  /**
   * The contents of each file below {@code folder} by its path there.
   *
   * @throws InvalidInputException when it cannot be read
   */
  static Map<String, byte[]> in(Path folder) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + folder + ": " + IoError.message(e), e);
    }
    return files;
  }
}
