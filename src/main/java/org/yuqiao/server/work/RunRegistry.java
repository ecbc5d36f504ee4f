package org.yuqiao.server.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.server.http.Problem;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunList;

/**
 * The runs below a folder, by id: the path below it with "~" between its parts. A request names a
 * run by its id only; the id is looked up in the list of what is there.
 */
public final class RunRegistry {
  private final Optional<Path> folder;

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
    return runs;
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
