package org.yuqiao.server.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.server.http.Problem;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunList;

/**
 * The runs below a folder, by id: the path below it with "~" between its parts. A request names a
 * run by its id only; the id is looked up in the list of what is there.
 */
public final class RunRegistry {
  private final Optional<Path> folder;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  /** The progress of a run while its file of metrics was of this size and time. */
  private record Seen(long size, FileTime changed, RunProgress progress) {}

  /** The runs below {@code folder}; without one there are none. */
  public RunRegistry(Optional<Path> folder) {
    this.folder = folder;
  }

  /** A run with its id. */
  public record Served(String id, RunFolder run) {}

  /** The runs that are there now, the one whose name comes last first. */
  public List<Served> all() {
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return List.of();
    }
    List<Served> runs = new ArrayList<>();
    for (RunFolder run : RunList.below(folder.get())) {
      runs.add(0, new Served(id(run), run));
    }
    seen.keySet().retainAll(runs.stream().map(Served::id).toList());
    return runs;
  }

  /** How far a run has come; its metrics are read again only when their file has changed. */
  public RunProgress progress(Served served) {
    try {
      // Before the file is read: metrics that are added meanwhile are seen the next time.
      BasicFileAttributes file =
          Files.readAttributes(served.run().metrics(), BasicFileAttributes.class);
      Seen last = seen.get(served.id());
      if (last == null
          || last.size() != file.size()
          || !last.changed().equals(file.lastModifiedTime())) {
        RunProgress progress = RunProgress.of(MetricsFile.read(served.run()));
        last = new Seen(file.size(), file.lastModifiedTime(), progress);
        seen.put(served.id(), last);
      }
      return last.progress();
    } catch (IOException e) {
      return new RunProgress(0, 0, Map.of()); // there is no file yet
    }
  }

  private String id(RunFolder run) {
    Path below = folder.orElseThrow().relativize(run.path());
    List<String> parts = new ArrayList<>();
    below.forEach(part -> parts.add(part.toString()));
    String id = String.join("~", parts);
    return id.isEmpty() ? "run" : id;
  }

  /**
   * The run {@code id}.
   *
   * @throws Problem 404 if there is none
   * @throws InvalidInputException when the folder cannot be read
   */
  public Served get(String id) {
    return all().stream()
        .filter(run -> run.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("there is no such run; GET /api/v1/runs lists them"));
  }
}
