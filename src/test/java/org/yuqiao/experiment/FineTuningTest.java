package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.backend.Backend;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.inference.PairScoring;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.ModelCard;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.marian.MarianExport;
import org.yuqiao.store.marian.MarianImport;
import org.yuqiao.text.Language;

class FineTuningTest {
  private static final String BUDGET =
      "train: {minutes: 0, steps: 6, threads: 2, validateMinutes: 0}\n";

  @TempDir private Path folder;
  private final Backend backend = new Backend(2);

  private FinishedRun general() throws IOException {
    Path file = TinyExperiment.write(folder, "general.yaml", BUDGET + "model.positions: rotary\n");
    return FinishedRun.of(SettingsFile.read(file, List.of()), folder.resolve("general"), backend);
  }

  /** An experiment that says nothing of the model. */
  private ExperimentSettings settings(String start, String... overrides) throws IOException {
    Path file = TinyExperiment.writeData(folder, "tuned.yaml", BUDGET);
    return SettingsFile.read(
        file, Stream.concat(Stream.of("start.model=" + start), Stream.of(overrides)).toList());
  }

  private static Map<String, SafeTensors.Tensor> weights(FinishedRun run) {
    return SafeTensors.read(run.folder().model());
  }

  @Test
  void weightsTokenizersAndModelSettingsAreThoseOfTheModelStartedFrom() throws IOException {
    FinishedRun general = general();
    String origin = general.folder().path().toString();
    ExperimentSettings settings = settings(origin, "optimizer.learningRate=1e-12");
    assertEquals(general.folder().loadSettings().model(), settings.model());
    FinishedRun tuned = FinishedRun.of(settings, folder.resolve("tuned"), backend);
    for (Language language : Language.values()) {
      assertEquals(
          general.folder().loadTokenizer(language).pieces(),
          tuned.folder().loadTokenizer(language).pieces());
    }
    Map<String, SafeTensors.Tensor> before = weights(general);
    weights(tuned)
        .forEach(
            (name, tensor) ->
                assertArrayEquals(before.get(name).values(), tensor.values(), 1e-6f, name));
    assertTrue(tuned.said().stream().anyMatch(said -> said.matches("all .* parameters from .*")));
  }

  @Test
  void frozenParametersStayAndTheOthersMove() throws IOException {
    FinishedRun general = general();
    String origin = general.folder().path().toString();
    FinishedRun tuned =
        FinishedRun.of(
            settings(origin, "start.freeze=[encoder.*, '*.bias']"),
            folder.resolve("tuned"),
            backend);
    Map<String, SafeTensors.Tensor> before = weights(general);
    weights(tuned)
        .forEach(
            (name, tensor) -> {
              boolean same = Arrays.equals(before.get(name).values(), tensor.values());
              boolean frozen = name.startsWith("encoder.") || name.endsWith(".bias");
              assertEquals(frozen, same, name);
            });
  }

  @Test
  void aModelWithAddedLayersSaysWhatTheOneItStartsFromSays() throws IOException {
    FinishedRun general = general();
    FinishedRun deeper = deeper(general, "optimizer.learningRate=1e-12");
    assertEquals(3, deeper.folder().loadSettings().model().encoderLayers());
    String corpus =
        Files.writeString(folder.resolve("pair.tsv"), "你有7本书吗？\tDo you have 7 books?\n").toString();
    assertEquals(logProbability(general, corpus), logProbability(deeper, corpus), 1e-4);
  }

  private static double logProbability(FinishedRun run, String corpus) {
    try (TranslationModel model = TranslationModel.load(run.folder().path())) {
      return PairScoring.run(model, corpus).get(0).score().orElseThrow().logProbability();
    }
  }

  @Test
  void addedLayersAreTrained() throws IOException {
    Map<String, SafeTensors.Tensor> trained = weights(deeper(general()));
    for (String name : List.of("encoder.2.self.output", "decoder.1.feedForward.out")) {
      float[] values = trained.get(name + ".weight").values();
      assertTrue(values[0] != 0 && Math.abs(values[0]) < 0.05, name + " " + values[0]);
    }
  }

  @Test
  void layersAreNeitherTakenAwayNorAddedWhereTheyCannotBeTheIdentity() throws IOException {
    String deep = deeper(general()).folder().path().toString();
    assertRefused("has model.encoderLayers 3", deep, "model.encoderLayers=2");
    Path file = TinyExperiment.write(folder, "post.yaml", BUDGET + "model.layerNorm: post\n");
    Path post = folder.resolve("post");
    FinishedRun.of(SettingsFile.read(file, List.of()), post, backend);
    assertRefused("cannot get more layers", post.toString(), "model.decoderLayers=2");
  }

  private FinishedRun deeper(FinishedRun general, String... overrides) throws IOException {
    String[] layers = {"model.encoderLayers=3", "model.decoderLayers=2"};
    String[] all = Stream.concat(Stream.of(layers), Stream.of(overrides)).toArray(String[]::new);
    String origin = general.folder().path().toString();
    return FinishedRun.of(settings(origin, all), folder.resolve("deeper"), backend);
  }

  @Test
  void aCheckpointIsStartedFromToo() throws IOException {
    FinishedRun general = general();
    Path checkpoint = general.folder().checkpoints().all().get(0);
    FinishedRun tuned =
        FinishedRun.of(
            settings(checkpoint.toString(), "optimizer.learningRate=1e-12"),
            folder.resolve("tuned"),
            backend);
    assertFalse(weights(tuned).isEmpty());
  }

  @Test
  void whatDoesNotFitIsRefusedByItsKey() throws IOException {
    String origin = general().folder().path().toString();
    assertRefused("has model.positions rotary", origin, "model.positions=learned");
    assertRefused("has subwords.vocabularySize 400", origin, "subwords.vocabularySize=500");
    assertRefused("has direction zh-en", origin, "direction=en-zh");
    assertRefused("no parameter is named 'coder*'", origin, "start.freeze=['coder*']");
    assertRefused("names every parameter", origin, "start.freeze=['*']");
    assertRefused("there is no", folder.resolve("nowhere").toString());
    assertRefused("start.freeze needs start.model", "none", "start.freeze=['*']");
    assertRefused("data.weights must have a number", origin, "data.weights=[1, 2]");
    assertRefused("cannot both be given", origin, "start.encoder=" + origin);
  }

  /** The grammar that the imported model was trained on for a moment. */
  private Path toyGrammar() throws IOException {
    String[] subjects = {"我\tI", "你\tyou", "我们\twe", "他们\tthey", "老师们\tthe teachers"};
    String[] verbs = {"喜欢\tlike", "看见\tsee", "买\tbuy", "想要\twant", "找到\tfind"};
    String[] objects = {"苹果\tapples", "两本书\ttwo books", "那只猫\tthat cat", "茶\ttea"};
    List<String> pairs = new ArrayList<>();
    for (String subject : subjects) {
      for (String verb : verbs) {
        for (String object : objects) {
          String[] s = subject.split("\t");
          String[] v = verb.split("\t");
          String[] o = object.split("\t");
          pairs.add(s[0] + v[0] + o[0] + "。\t" + s[1] + " " + v[1] + " " + o[1] + ".");
        }
      }
    }
    Collections.shuffle(pairs, new Random(1));
    Files.write(folder.resolve("toy.tsv"), pairs.subList(0, 30));
    Files.write(folder.resolve("toy-train.tsv"), pairs.subList(30, pairs.size()));
    return Files.writeString(
        folder.resolve("toy.yaml"),
        """
        data: {train: [%1$s/toy-train.tsv], valid: [%1$s/toy.tsv]}
        train: {minutes: 0, steps: 60, threads: 2, validateMinutes: 0, labelSmoothing: 0.0, maxLength: 50}
        optimizer: {learningRate: 0.003}
        """
            .formatted(folder));
  }

  @Test
  void anImportedModelBecomesBetterAndIsExported() throws IOException {
    Path imported = folder.resolve("imported");
    Path marian = Path.of("src/test/resources/org/yuqiao/store/marian/shared");
    new MarianImport(marian, Optional.empty(), Optional.empty()).write(imported);
    Path toy = folder.resolve("toy.tsv");
    ExperimentSettings settings =
        SettingsFile.read(toyGrammar(), List.of("start.model=" + imported));
    double before;
    try (TranslationModel model = TranslationModel.load(imported)) {
      before =
          Evaluation.run(model, model.settings().decode(), List.of(toy.toString()), "bleu", n -> {})
              .scores()
              .get("bleu");
    }
    FinishedRun tuned = FinishedRun.of(settings, folder.resolve("tuned"), backend);
    double after = tuned.result().scores().get("bleu");
    assertTrue(after > before + 3, before + " to " + after);
    Path exported = folder.resolve("exported");
    new ModelExport(false, ModelCard.Words.DEFAULT, backend, n -> {})
        .write(tuned.folder(), exported);
    try (TranslationModel model = TranslationModel.load(exported)) {
      assertEquals("they buy tea.", model.translate("他们买茶。"));
    }
    new MarianExport(new RunFolder(exported)).write(folder.resolve("hugging-face"));
    assertTrue(Files.exists(folder.resolve("hugging-face").resolve("source.spm")));
  }

  @Test
  void anImportedModelHasNoBpeDropoutAndNoPlaceholders() throws IOException {
    Path imported = folder.resolve("imported");
    Path marian = Path.of("src/test/resources/org/yuqiao/store/marian/shared");
    new MarianImport(marian, Optional.empty(), Optional.empty()).write(imported);
    String shorter = "train.maxLength=50";
    assertRefused("set it to 0", imported.toString(), shorter, "subwords.dropout=0.1");
    assertRefused("set it to false", imported.toString(), shorter, "data.protect=true");
  }

  private void assertRefused(String expected, String origin, String... overrides) {
    Path out = folder.resolve("refused");
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> FinishedRun.of(settings(origin, overrides), out, backend))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }
}
