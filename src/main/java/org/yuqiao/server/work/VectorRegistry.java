package org.yuqiao.server.work;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.server.http.Problem;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelVectors;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ShippedModels;
import org.yuqiao.store.WordVectorsFolder;
import org.yuqiao.store.WordVectorsManifest;
import org.yuqiao.text.Language;

/** The word vectors that are served, by id: those of the program, and embeddings of the models. */
public final class VectorRegistry {
  private final Map<String, VectorSet> sets = new LinkedHashMap<>();

  /**
   * Lists the vectors; reads none yet.
   *
   * @param models the translation models that are served, by id
   */
  public VectorRegistry(ShippedModels shipped, Map<String, RunFolder> models) {
    shipped.vectors().forEach(this::add);
    models.forEach(
        (id, run) -> {
          ExperimentSettings settings = run.loadSettings();
          for (ModelVectors.Side side : ModelVectors.Side.values()) {
            add(id, run, settings, side);
          }
        });
  }

  private void add(WordVectorsFolder folder) {
    WordVectorsManifest manifest = WordVectorsManifest.read(folder.path()).orElseThrow();
    String id = folder.path().getFileName().toString();
    add(
        new VectorSet.Description(
            id,
            id,
            manifest.language().code(),
            manifest.settings().algorithm().key(),
            Optional.empty(),
            manifest.words(),
            manifest.settings().dimension()),
        () -> WordVectorsFolder.read(folder.path()));
  }

  private void add(
      String model, RunFolder run, ExperimentSettings settings, ModelVectors.Side side) {
    String kind = side.name().toLowerCase(Locale.ROOT);
    Language language = side == ModelVectors.Side.SOURCE ? settings.source() : settings.target();
    add(
        new VectorSet.Description(
            model + "." + kind,
            model + " " + kind,
            language.code(),
            kind,
            Optional.of(model),
            run.loadTokenizer(language).size(),
            settings.model().hiddenSize()),
        () -> ModelVectors.of(run, side));
  }

  private void add(VectorSet.Description description, Supplier<WordVectors> loader) {
    sets.put(description.id(), new VectorSet(description, loader));
  }

  /** All sets. */
  public Collection<VectorSet> all() {
    return sets.values();
  }

  /**
   * The set {@code id}.
   *
   * @throws Problem 404 if there is none
   */
  public VectorSet get(String id) {
    return Optional.ofNullable(sets.get(id))
        .orElseThrow(
            () -> Problem.notFound("there are no such vectors; GET /api/v1/vectors lists them"));
  }
}
