package org.yuqiao.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.yuqiao.backend.Backend;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;

/**
 * What a run was made with, so that every figure can be traced and made again.
 *
 * @param identity the hash of settings and data: runs with the same one are the same
 * @param seed of the first parameters, the order of the data, and dropout
 * @param corpora by role, with their hashes
 * @param sessions the stretches that the run was trained in, the first first
 */
public record Provenance(
    String identity, long seed, Map<String, List<Corpus>> corpora, List<Session> sessions) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * A corpus.
   *
   * @param name as in the settings
   * @param sha256 of its bytes
   */
  public record Corpus(String name, String sha256) {
    /**
     * The file of this corpus below {@code home}.
     *
     * @throws InvalidInputException when its contents are not those with this SHA-256
     */
    public String find(Path home) {
      String file = home.resolve(name).toString();
      String actual = new CorpusFiles(file).sha256();
      if (!actual.equals(sha256)) {
        throw new InvalidInputException(
            file
                + " is not the corpus the model was scored on: its SHA-256 is "
                + actual
                + ", not "
                + sha256);
      }
      return file;
    }
  }

  /**
   * From a start to the next stop.
   *
   * @param begun when, in UTC
   * @param command as it was typed
   * @param version of Yuqiao
   * @param commit of its sources; with "-dirty" when they had been changed since
   * @param java the version of the JVM
   * @param backend what computed, and with how many threads
   * @param machine where
   */
  public record Session(
      String begun,
      String command,
      String version,
      String commit,
      String java,
      String backend,
      Machine machine) {}

  /** Keeps what a new run begins with. */
  public static void begin(RunFolder run, ExperimentSettings settings, Backend backend) {
    RunIdentity identity = RunIdentity.of(settings);
    write(
        run,
        new Provenance(
            identity.sha256(),
            settings.train().seed(),
            identity.corpora(),
            List.of(session(backend.description()))));
  }

  /**
   * Adds the session that begins now to those of a run.
   *
   * @throws InvalidInputException when a corpus is no longer what the run began with
   */
  public static void resume(RunFolder run, ExperimentSettings settings, Backend backend) {
    RunIdentity now = RunIdentity.of(settings);
    Optional<Provenance> before = read(run);
    before
        .map(then -> RunIdentity.of(settings, then.corpora()).differences(now))
        .filter(differences -> !differences.isEmpty())
        .ifPresent(
            differences -> {
              throw new InvalidInputException(
                  run.path()
                      + " cannot go on: since it began, "
                      + String.join(", ", differences)
                      + "; begin a new run");
            });
    List<Session> sessions = new ArrayList<>(before.map(Provenance::sessions).orElse(List.of()));
    sessions.add(session(backend.description()));
    write(run, new Provenance(now.sha256(), settings.train().seed(), now.corpora(), sessions));
  }

  private static void write(RunFolder run, Provenance provenance) {
    AtomicFile.write(
        run.provenance(), out -> JSON.writerWithDefaultPrettyPrinter().writeValue(out, provenance));
  }

  /** That of a run; empty when it was made before runs kept what this record holds. */
  public static Optional<Provenance> read(RunFolder run) {
    if (!Files.isRegularFile(run.provenance())) {
      return Optional.empty();
    }
    try {
      Provenance read = JSON.readValue(run.provenance().toFile(), Provenance.class);
      return Optional.of(read).filter(provenance -> provenance.sessions() != null);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + run.provenance() + ": " + e.getMessage(), e);
    }
  }

  /** A session that begins now, on this machine, with what {@code computes}. */
  static Session session(String computes) {
    Properties build = build();
    return new Session(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        System.getProperty("yuqiao.command", "unknown"),
        build.getProperty("version", "unknown"),
        build.getProperty("commit", "unknown"),
        Runtime.version().toString(),
        computes,
        Machine.present());
  }

  /** The version of the program. */
  public static String version() {
    return build().getProperty("version", "unknown");
  }

  /** Version and commit of the program, from the build and the launcher. */
  private static Properties build() {
    Properties properties = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream("/yuqiao.properties")) {
      if (in != null) {
        properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the properties are part of the program", e);
    }
    String commit = System.getProperty("yuqiao.commit", "");
    if (!commit.isEmpty()) {
      properties.setProperty("commit", commit);
    }
    return properties;
  }
}
