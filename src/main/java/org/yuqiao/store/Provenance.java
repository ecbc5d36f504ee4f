package org.yuqiao.store;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.FilePath;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.train.Replica;

/**
 * The provenance of a run: data, seed, commands, versions and machines, so that results can be
 * reproduced.
 *
 * @param identity hash of settings and data, equal for equal runs
 * @param seed of the initial parameters, the order of the data, and dropout
 * @param corpora with their hashes, by role
 * @param sessions in order of time; each resume adds one
 */
public record Provenance(
    String identity, long seed, Map<String, List<Corpus>> corpora, List<Session> sessions) {
  /**
   * A corpus.
   *
   * @param name as in the settings
   * @param sha256 SHA-256 of its bytes
   */
  public record Corpus(String name, String sha256) {
    /**
     * The path of this corpus below {@code home}.
     *
     * @throws InvalidInputException if its SHA-256 differs
     */
    public String find(Path home) {
      String file = home.resolve(FilePath.of(name)).toString();
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
   * A training session, from a start or resume to the next stop.
   *
   * @param begun the start, in UTC
   * @param command the command line
   * @param version of Yuqiao
   * @param commit of its sources; with "-dirty" if they had uncommitted changes
   * @param java the version of the JVM
   * @param backend description of the backend, with its threads and the number of replicas
   * @param machine the computer
   */
  public record Session(
      String begun,
      String command,
      String version,
      String commit,
      String java,
      String backend,
      Machine machine) {}

  /** Writes the provenance of a new run. */
  public static void begin(RunFolder run, ExperimentSettings settings, Replica replica) {
    RunIdentity identity = RunIdentity.of(settings);
    write(
        run,
        new Provenance(
            identity.sha256(),
            settings.train().seed(),
            identity.corpora(),
            List.of(session(replica.withPrecisionsOf(settings.train()).description()))));
  }

  /**
   * Adds a session to the provenance of a resumed run.
   *
   * @throws InvalidInputException if a corpus has changed since the run began
   */
  public static void resume(RunFolder run, ExperimentSettings settings, Replica replica) {
    RunIdentity now = RunIdentity.of(settings);
    Optional<Provenance> before = read(run);
    before
        .map(then -> RunIdentity.of(settings, then.corpora()).differences(now))
        .filter(differences -> !differences.isEmpty())
        .ifPresent(
            differences -> {
              throw new InvalidInputException(
                  run.path()
                      + " cannot be resumed: since it began, "
                      + String.join(", ", differences)
                      + "; start a new run");
            });
    List<Session> sessions = new ArrayList<>(before.map(Provenance::sessions).orElse(List.of()));
    sessions.add(session(replica.withPrecisionsOf(settings.train()).description()));
    write(run, new Provenance(now.sha256(), settings.train().seed(), now.corpora(), sessions));
  }

  private static void write(RunFolder run, Provenance provenance) {
    new ManifestFile<>(run.provenance(), Provenance.class).write(provenance);
  }

  /** Reads the provenance of a run; empty for runs of old versions. */
  public static Optional<Provenance> read(RunFolder run) {
    if (!Files.isRegularFile(run.provenance())) {
      return Optional.empty();
    }
    try {
      byte[] json = InputFile.bytes(run.provenance(), ManifestFile.MAX_BYTES);
      return Optional.ofNullable(ManifestFile.JSON.readValue(json, Provenance.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot read " + run.provenance() + ": " + IoError.message(e), e);
    }
  }

  /** A session that begins now on this machine with {@code backend}. */
  static Session session(String backend) {
    Properties build = build();
    return new Session(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        System.getProperty("yuqiao.command", "unknown"),
        build.getProperty("version", "unknown"),
        build.getProperty("commit", "unknown"),
        Runtime.version().toString(),
        backend,
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
      throw new IllegalStateException("cannot read yuqiao.properties", e);
    }
    String commit = System.getProperty("yuqiao.commit", "");
    if (!commit.isEmpty()) {
      properties.setProperty("commit", commit);
    }
    return properties;
  }
}
