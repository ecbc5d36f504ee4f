package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Locale;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.Query;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.ServedModel;
import org.yuqiao.settings.ExperimentSettings;

/** {@code GET /models}: the models that are served and their sizes. */
public final class ModelsApi implements ApiRoutes {
  private final ModelRegistry models;

  /** Lists {@code models}. */
  public ModelsApi(ModelRegistry models) {
    this.models = models;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(ROOT + "/models", this::list);
  }

  private void list(Context context) {
    new Query(context);
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("models");
    models.all().forEach(served -> list.add(described(served)));
    Json.answer(context, answer);
  }

  private static ObjectNode described(ServedModel served) {
    EncoderDecoder network = served.model().networks().get(0).model();
    ExperimentSettings settings = served.model().settings();
    ModelSettings sizes = settings.model();
    boolean recurrent = sizes.kind() == ModelKind.RECURRENT;
    ObjectNode object =
        Json.object()
            .put("id", served.id())
            .put("name", served.id())
            .put("direction", settings.direction())
            .put("kind", sizes.kindName())
            .put("parameters", parameters(network))
            .put("hiddenSize", sizes.hiddenSize())
            .put("feedForwardSize", sizes.feedForwardSize())
            .put("heads", network.heads())
            .put("encoderLayers", sizes.encoderLayers())
            .put("decoderLayers", sizes.decoderLayers())
            .put("positions", recurrent ? "none" : hyphenated(sizes.positions()))
            .put("layerNorm", hyphenated(sizes.layerNorm()))
            .put("activation", hyphenated(sizes.activation()))
            .put("attentionFunction", hyphenated(sizes.attention().function()))
            .put("maxPositions", sizes.maxPositions())
            .put("beamSize", settings.decode().beamSize())
            .put("lengthPenalty", settings.decode().lengthPenalty());
    object
        .putObject("vocabulary")
        .put("source", network.vocabularies().source())
        .put("target", network.vocabularies().target());
    return object;
  }

  private static long parameters(EncoderDecoder network) {
    return network.shapes().values().stream()
        .mapToLong(shape -> Arrays.stream(shape).reduce(1, (a, b) -> a * b))
        .sum();
  }

  private static String hyphenated(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
