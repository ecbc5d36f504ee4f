package org.yuqiao.server.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.backend.Backend;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.server.http.Problem;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;

/** The models that are served, by id. */
public final class ModelRegistry implements AutoCloseable {
  private final Map<String, ServedModel> models = new LinkedHashMap<>();
  private final Map<String, RunFolder> folders = new LinkedHashMap<>();

  /**
   * Loads models.
   *
   * @param folders runs or exported models
   * @param queue the number of tasks that may wait for each
   * @param limit the time that a task may take
   * @throws org.yuqiao.files.InvalidInputException when a folder holds no translation model
   */
  public ModelRegistry(List<Path> folders, Backend backend, int queue, Duration limit) {
    try {
      for (Path folder : folders) {
        String id = id(folder);
        this.folders.put(id, new RunFolder(folder));
        TranslationModel model = TranslationModel.load(List.of(folder), backend);
        models.put(id, new ServedModel(id, model, queue, limit));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The name of the folder, with a number where it is taken. */
  private String id(Path folder) {
    String name =
        Optional.ofNullable(folder.toAbsolutePath().normalize().getFileName())
            .map(Path::toString)
            .orElse("model")
            .replaceAll("[^\\p{L}\\p{N}._-]", "-");
    String id = name;
    for (int number = 2; models.containsKey(id); number++) {
      id = name + "-" + number;
    }
    return id;
  }

  /** All models, in the order they were given. */
  public Collection<ServedModel> all() {
    return models.values();
  }

  /** The folder of each model, by id. */
  public Map<String, RunFolder> folders() {
    return Collections.unmodifiableMap(folders);
  }

  /**
   * The model {@code id}.
   *
   * @throws Problem 404 if there is none
   */
  public ServedModel get(String id) {
    return Optional.ofNullable(models.get(id))
        .orElseThrow(
            () ->
                Problem.notFound(
                    "there is no such model; the models are "
                        + String.join(", ", models.keySet())));
  }

  /**
   * The model {@code id}, or without one the first that reads the language of {@code text}: Chinese
   * if it has a Han character.
   *
   * @throws Problem 404 if there is none
   */
  public ServedModel choose(Optional<String> id, String text) {
    if (id.isPresent()) {
      return get(id.get());
    }
    boolean han =
        text.codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    Language language = han ? Language.ZH : Language.EN;
    return models.values().stream()
        .filter(served -> served.model().settings().source() == language)
        .findFirst()
        .or(() -> models.values().stream().findFirst())
        .orElseThrow(() -> Problem.notFound("no model is served"));
  }

  @Override
  public void close() {
    models.values().forEach(ServedModel::close);
  }
}
