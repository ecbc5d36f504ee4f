package org.yuqiao.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.files.TensorFile;

class CheckpointsTest {
  @TempDir private Path run;

  private static ParameterBuffer parameters(double value) {
    return parameters(value, DataType.FLOAT);
  }

  private static ParameterBuffer parameters(double value, DataType type) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("w", new long[] {2, 3});
    shapes.put("b", new long[] {3});
    ParameterBuffer parameters = ParameterBuffer.zeros(shapes, type);
    for (int i = 0; i < parameters.size(); i++) {
      parameters.flat().putScalar(i, value + i);
    }
    return parameters;
  }

  private static ModelState state(double value) {
    return new ModelState(
        parameters(value),
        parameters(value + 100),
        parameters(value + 200),
        FrozenParameters.NONE,
        Optional.empty());
  }

  private Path folder() {
    return run.resolve("checkpoints");
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(folder());
  }

  private Checkpoints saved(long... steps) {
    Checkpoints checkpoints = checkpoints();
    for (long step : steps) {
      checkpoints.save(state(Math.toIntExact(step)), Progress.at(step, 1, 2));
    }
    return checkpoints;
  }

  private static List<String> names(List<Path> paths) {
    return paths.stream().map(path -> path.getFileName().toString()).toList();
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertSame(ParameterBuffer expected, ParameterBuffer found) {
    assertArrayEquals(expected.flat().toDoubleVector(), found.flat().toDoubleVector());
  }

  private static String refusal(Executable executable) {
    return assertThrows(InvalidInputException.class, executable).getMessage();
  }

  @Test
  void theStateIsReadAsItWasSaved() {
    Progress progress =
        new Progress(
            7, 1, 2, 3.5, 40, 50, List.of(new Progress.Validation(5, 2, 1.5, Map.of("bleu", 9.0))));
    checkpoints().save(state(1), progress);
    ModelState read = state(-1000);
    assertEquals(Optional.of(progress), checkpoints().loadLast(read));
    assertSame(parameters(1), read.parameters());
    assertSame(parameters(101), read.firstMoment());
    assertSame(parameters(201), read.secondMoment());
  }

  @Test
  void theMovingAverageIsSavedAndReadWhereThereIsOne() {
    ModelState averaged = state(1).averaging(0.9);
    averaged.weights().flat().assign(42);
    checkpoints().save(averaged, Progress.at(3, 0, 0));
    ModelState read = state(-1).averaging(0.9);
    checkpoints().loadLast(read);
    assertSame(averaged.weights(), read.weights());
    assertSame(parameters(1), read.parameters());
    Path checkpoint = folder().resolve("step-00000003");
    assertEquals(
        Optional.of(checkpoint.resolve("average.safetensors")), Checkpoints.weightsIn(checkpoint));
  }

  @Test
  void withoutAMovingAverageTheWeightsAreTheModel() {
    saved(3);
    Path checkpoint = folder().resolve("step-00000003");
    assertEquals(
        Optional.of(checkpoint.resolve("weights.safetensors")), Checkpoints.weightsIn(checkpoint));
    assertEquals(Optional.empty(), Checkpoints.weightsIn(run));
  }

  @Test
  void parametersThatAreNotFloat32AreSavedAsSuch() {
    Path file = run.resolve("w.safetensors");
    Checkpoints.saveWeights(parameters(0.25, DataType.DOUBLE), file);
    ParameterBuffer read = parameters(0);
    Checkpoints.loadWeights(file, read);
    assertSame(parameters(0.25), read);
  }

  @Test
  void aCheckpointIsThereWholeOrNotAtAll() throws IOException {
    Files.createDirectories(folder().resolve("step-00000003.tmp"));
    Files.writeString(folder().resolve("step-00000003.tmp/old"), "left by a kill");
    assertEquals(List.of(), checkpoints().all());
    saved(3);
    assertEquals(List.of("step-00000003"), namesIn(folder()));
    assertEquals(
        List.of("optimizer.safetensors", "progress.json", "weights.safetensors"),
        namesIn(folder().resolve("step-00000003")));
  }

  @Test
  void aCheckpointOfTheSameStepIsReplaced() {
    saved(3);
    checkpoints().save(state(9), Progress.at(3, 1, 4));
    ModelState read = state(0);
    assertEquals(Optional.of(Progress.at(3, 1, 4)), checkpoints().loadLast(read));
    assertSame(parameters(9), read.parameters());
  }

  @Test
  void theLatestStepIsTheLast() throws IOException {
    Checkpoints checkpoints = saved(20, 100_000_000, 99_999_999);
    Files.createDirectories(folder().resolve("step-x"));
    Files.createDirectories(folder().resolve("step-99999999999999999999"));
    Files.writeString(folder().resolve("notes.txt"), "");
    assertEquals(
        List.of("step-00000020", "step-99999999", "step-100000000"), names(checkpoints.all()));
    ModelState read = state(0);
    assertEquals(100_000_000, checkpoints.loadLast(read).orElseThrow().step());
    assertSame(parameters(100_000_000), read.parameters());
  }

  @Test
  void aRunWithoutCheckpointsHasNone() {
    assertEquals(List.of(), checkpoints().all());
    assertEquals(Optional.empty(), checkpoints().loadLast(state(0)));
    assertEquals(Optional.empty(), checkpoints().ofStep(1));
  }

  @Test
  void aCheckpointIsFoundByItsStep() {
    Checkpoints checkpoints = saved(4, 12);
    assertEquals(Optional.of(folder().resolve("step-00000012")), checkpoints.ofStep(12));
    assertEquals(Optional.empty(), checkpoints.ofStep(5));
  }

  @Test
  void theLatestAndTheBestAreKept() {
    Checkpoints checkpoints = saved(1, 2, 3, 4, 5);
    checkpoints.prune(2, Set.of(1L, 77L));
    assertEquals(
        List.of("step-00000001", "step-00000004", "step-00000005"), names(checkpoints.all()));
    checkpoints.prune(9, Set.of());
    assertEquals(3, checkpoints.all().size());
    checkpoints.prune(0, Set.of(4L));
    assertEquals(List.of("step-00000004"), names(checkpoints.all()));
  }

  @Test
  void theAverageOfCheckpointsIsTheMeanOfTheirWeights() {
    Checkpoints checkpoints = saved(10, 20, 60);
    ParameterBuffer mean = parameters(-5);
    checkpoints.average(checkpoints.all(), mean);
    assertSame(parameters(30), mean);
  }

  @Test
  void theRunOfACheckpointIsFoundAndAnyOtherFolderStaysAsItIs() throws IOException {
    saved(3);
    assertEquals(
        run.toAbsolutePath().normalize(), Checkpoints.runOf(folder().resolve("step-00000003")));
    Path other = Files.createDirectories(run.resolve("a/b"));
    assertEquals(other, Checkpoints.runOf(other));
    assertEquals(Path.of("/"), Checkpoints.runOf(Path.of("/")));
  }

  @Test
  void weightsOfOtherNamesOrShapesAreRefusedWithBoth() {
    Path file = run.resolve("w.safetensors");
    SafeTensors.write(file, Map.of("w", new SafeTensors.Tensor(new long[] {3, 2}, new float[6])));
    String shape = refusal(() -> Checkpoints.loadWeights(file, parameters(0)));
    assertEquals(
        file + ": tensor 'w' has the shape [3, 2], but the settings ask for [2, 3]", shape);
    SafeTensors.write(file, Map.of("w", new SafeTensors.Tensor(new long[] {2, 3}, new float[6])));
    String name = refusal(() -> Checkpoints.openWeights(file, parameters(0).shapes()));
    assertEquals(file + ": there is no tensor 'b', which the settings ask for", name);
    try (TensorFile open = Checkpoints.openWeights(file, Map.of("w", new long[] {2, 3}))) {
      assertEquals(Set.of("w"), open.names());
    }
  }

  @Test
  void aDamagedCheckpointIsRefusedWithItsFile() throws IOException {
    saved(3);
    Path checkpoint = folder().resolve("step-00000003");
    Path progress = checkpoint.resolve("progress.json");
    String text = Files.readString(progress);
    Files.writeString(progress, text.substring(0, 20));
    String cut = refusal(() -> checkpoints().loadLast(state(0)));
    assertTrue(cut.startsWith(progress + " is damaged: "), cut);
    assertTrue(cut.endsWith("training goes on from the checkpoint before it"), cut);
    Files.writeString(progress, "null");
    String empty = refusal(() -> checkpoints().loadLast(state(0)));
    assertEquals(progress + " is damaged: it is empty", empty);
    Files.delete(progress);
    String missing = refusal(() -> checkpoints().loadLast(state(0)));
    assertEquals("cannot read " + progress + ": no such file or folder", missing);
    Files.writeString(progress, text);
    assertTrue(checkpoints().loadLast(state(0)).isPresent());
  }

  @Test
  void momentsOfAnotherSizeAreRefused() {
    saved(3);
    Path moments = folder().resolve("step-00000003/optimizer.safetensors");
    SafeTensors.Tensor right = new SafeTensors.Tensor(new long[] {9}, new float[9]);
    SafeTensors.Tensor wrong = new SafeTensors.Tensor(new long[] {8}, new float[8]);
    SafeTensors.write(moments, Map.of("first", right, "second", wrong));
    String size = refusal(() -> checkpoints().loadLast(state(0)));
    assertEquals(moments + ": expected a tensor 'second' of 9 elements", size);
    SafeTensors.write(moments, Map.of("second", right));
    String missing = refusal(() -> checkpoints().loadLast(state(0)));
    assertEquals(moments + ": expected a tensor 'first' of 9 elements", missing);
  }

  @Test
  void aCheckpointThatCannotBeWrittenIsReported() throws IOException {
    Files.writeString(folder(), "a file");
    String message = refusal(() -> checkpoints().save(state(0), Progress.START));
    assertTrue(
        message.startsWith("cannot write the checkpoint " + folder().resolve("step-00000000")),
        message);
    assertFalse(message.contains("Exception"), message);
  }
}
