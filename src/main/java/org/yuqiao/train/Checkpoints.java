package org.yuqiao.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.JsonError;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.files.TensorFile;

/**
 * The checkpoints of a run: a folder each, named by its step, with the weights, their moving
 * average if there is one, the optimizer's moments and the progress. A folder is written under
 * another name and renamed when complete, so that none is ever partial.
 */
public final class Checkpoints {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final String WEIGHTS = "weights.safetensors";
  private static final String AVERAGE = "average.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String PROGRESS = "progress.json";

  private final Path folder;

  /** The checkpoints in {@code folder}. */
  public Checkpoints(Path folder) {
    this.folder = folder;
  }

  /** Writes a checkpoint. */
  void save(ModelState state, Progress progress) {
    Path target = folder.resolve(String.format(Locale.ROOT, "step-%08d", progress.step()));
    Path temporary = folder.resolve(target.getFileName() + ".tmp");
    try {
      delete(temporary);
      Files.createDirectories(temporary);
      saveWeights(state.parameters(), temporary.resolve(WEIGHTS));
      state.average().ifPresent(mean -> saveWeights(mean.weights(), temporary.resolve(AVERAGE)));
      Map<String, SafeTensors.Tensor> moments = new LinkedHashMap<>();
      moments.put("first", flat(state.firstMoment()));
      moments.put("second", flat(state.secondMoment()));
      SafeTensors.write(temporary.resolve(OPTIMIZER), moments);
      AtomicFile.write(
          temporary.resolve(PROGRESS),
          out -> JSON.writerWithDefaultPrettyPrinter().writeValue(out, progress));
      delete(target);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot write the checkpoint " + target + ": " + IoError.message(e), e);
    }
  }

  private static SafeTensors.Tensor flat(ParameterBuffer buffer) {
    return new SafeTensors.Tensor(new long[] {buffer.size()}, buffer.flat().data().asFloat());
  }

  /** Writes all parameters, each under its name, to {@code file}. */
  public static void saveWeights(ParameterBuffer parameters, Path file) {
    SafeTensors.write(file, parameters.shapes(), Map.of(), name -> floats(parameters, name));
  }

  private static FloatBuffer floats(ParameterBuffer parameters, String name) {
    return parameters
        .floats(name)
        .orElseGet(() -> FloatBuffer.wrap(parameters.view(name).dup('c').data().asFloat()));
  }

  /**
   * Reads parameters from {@code file}.
   *
   * @throws InvalidInputException when one is missing or has another shape
   */
  public static void loadWeights(Path file, ParameterBuffer parameters) {
    try (TensorFile tensors = openWeights(file, parameters.shapes())) {
      parameters.read(tensors);
    }
  }

  /**
   * Opens a file of weights.
   *
   * @param shapes of the required tensors, by name
   * @throws InvalidInputException when one is missing or has another shape
   */
  public static TensorFile openWeights(Path file, Map<String, long[]> shapes) {
    TensorFile tensors = TensorFile.open(file);
    try {
      Set<String> names = tensors.names();
      for (Map.Entry<String, long[]> wanted : shapes.entrySet()) {
        if (!names.contains(wanted.getKey())) {
          throw new InvalidInputException(
              file + ": there is no tensor '" + wanted.getKey() + "', which the settings ask for");
        }
        requireShape(file, wanted, tensors.shape(wanted.getKey()));
      }
      return tensors;
    } catch (InvalidInputException e) {
      tensors.close();
      throw e;
    }
  }

  private static void requireShape(Path file, Map.Entry<String, long[]> wanted, long[] shape) {
    if (!Arrays.equals(shape, wanted.getValue())) {
      throw new InvalidInputException(
          file
              + ": tensor '"
              + wanted.getKey()
              + "' has the shape "
              + Arrays.toString(shape)
              + ", but the settings ask for "
              + Arrays.toString(wanted.getValue()));
    }
  }

  /**
   * The weights of the checkpoint in {@code folder}, their moving average if there is one; empty
   * where it is no checkpoint.
   */
  public static Optional<Path> weightsIn(Path folder) {
    return Stream.of(AVERAGE, WEIGHTS)
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The folder of the run whose checkpoint {@code folder} is; any other folder as it is. */
  public static Path runOf(Path folder) {
    Path checkpoints = folder.toAbsolutePath().normalize().getParent();
    boolean inRun = checkpoints != null && checkpoints.getParent() != null;
    return inRun && weightsIn(folder).isPresent() ? checkpoints.getParent() : folder;
  }

  /** The complete checkpoints, the latest last. */
  public List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> path.getFileName().toString().matches("step-\\d{1,18}"))
          .sorted(Comparator.comparingLong(Checkpoints::step))
          .toList();
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + folder + ": " + IoError.message(e), e);
    }
  }

  /**
   * Fills {@code state} from the latest checkpoint and returns its progress; empty if there is
   * none.
   */
  public Optional<Progress> loadLast(ModelState state) {
    List<Path> all = all();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Path last = all.get(all.size() - 1);
    loadWeights(last.resolve(WEIGHTS), state.parameters());
    state.average().ifPresent(mean -> loadWeights(last.resolve(AVERAGE), mean.weights()));
    Map<String, SafeTensors.Tensor> moments = SafeTensors.read(last.resolve(OPTIMIZER));
    fill(last.resolve(OPTIMIZER), state.firstMoment(), moments, "first");
    fill(last.resolve(OPTIMIZER), state.secondMoment(), moments, "second");
    try {
      Progress progress =
          JSON.readValue(Files.readAllBytes(last.resolve(PROGRESS)), Progress.class);
      InvalidInputException.require(
          progress != null, last.resolve(PROGRESS) + " is damaged: it is empty");
      return Optional.of(progress);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          last.resolve(PROGRESS)
              + " is damaged: "
              + JsonError.message(e)
              + "; without the folder "
              + last
              + " training goes on from the checkpoint before it",
          e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot read " + last.resolve(PROGRESS) + ": " + IoError.message(e), e);
    }
  }

  private static void fill(
      Path file, ParameterBuffer buffer, Map<String, SafeTensors.Tensor> moments, String name) {
    SafeTensors.Tensor tensor = moments.get(name);
    InvalidInputException.require(
        tensor != null && tensor.values().length == buffer.size(),
        file + ": expected a tensor '" + name + "' of " + buffer.size() + " elements");
    buffer.flat().assign(Nd4j.createFromArray(tensor.values()));
  }

  /** Sets {@code parameters} to the mean of the weights of {@code checkpoints}. */
  public void average(List<Path> checkpoints, ParameterBuffer parameters) {
    ParameterBuffer one = parameters.zerosLike();
    parameters.flat().assign(0);
    for (Path checkpoint : checkpoints) {
      loadWeights(weightsIn(checkpoint).orElseThrow(), one);
      parameters.flat().addi(one.flat());
    }
    parameters.flat().divi(checkpoints.size());
  }

  /** The checkpoint of a step; empty if it was deleted. */
  public Optional<Path> ofStep(long step) {
    return all().stream().filter(path -> step(path) == step).findFirst();
  }

  private static long step(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("step-".length()));
  }

  /** Deletes all but the {@code last} latest ones and those of {@code best} steps. */
  void prune(int last, Set<Long> best) {
    List<Path> all = new ArrayList<>(all());
    Set<Path> kept = new HashSet<>(all.subList(Math.max(0, all.size() - last), all.size()));
    for (Path checkpoint : all) {
      if (!kept.contains(checkpoint) && !best.contains(step(checkpoint))) {
        delete(checkpoint);
      }
    }
  }

  private static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot delete " + path + ": " + IoError.message(e), e);
    }
  }
}
