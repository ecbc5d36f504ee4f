package org.yuqiao.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.BadInput;
import org.yuqiao.files.SafeTensors;

/**
 * The checkpoints of a run: a folder each, named by its step, with the weights, the optimiser's
 * moments and the progress. A folder is written under another name and renamed when it is complete,
 * so one that is there can be used.
 */
public final class Checkpoints {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEIGHTS = "weights.safetensors";
  private static final String OPTIMISER = "optimiser.safetensors";
  private static final String PROGRESS = "progress.json";

  private final Path folder;

  /** The checkpoints in {@code folder}. */
  public Checkpoints(Path folder) {
    this.folder = folder;
  }

  /** Writes a checkpoint. */
  public void save(ModelState state, Progress progress) {
    Path target = folder.resolve(String.format(Locale.ROOT, "step-%08d", progress.step()));
    Path temporary = folder.resolve(target.getFileName() + ".tmp");
    try {
      delete(temporary);
      Files.createDirectories(temporary);
      saveWeights(state.parameters(), temporary.resolve(WEIGHTS));
      Map<String, SafeTensors.Tensor> moments = new LinkedHashMap<>();
      moments.put("first", flat(state.firstMoment()));
      moments.put("second", flat(state.secondMoment()));
      SafeTensors.write(temporary.resolve(OPTIMISER), moments);
      AtomicFile.write(
          temporary.resolve(PROGRESS),
          out -> JSON.writerWithDefaultPrettyPrinter().writeValue(out, progress));
      delete(target);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new BadInput("cannot write the checkpoint " + target + ": " + e.getMessage(), e);
    }
  }

  private static SafeTensors.Tensor flat(ParameterBuffer buffer) {
    return new SafeTensors.Tensor(new long[] {buffer.size()}, buffer.flat().data().asFloat());
  }

  /** Writes all parameters, each under its name, to {@code file}. */
  public static void saveWeights(ParameterBuffer parameters, Path file) {
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    for (String name : parameters.names()) {
      INDArray array = parameters.view(name).dup('c');
      tensors.put(name, new SafeTensors.Tensor(array.shape(), array.data().asFloat()));
    }
    SafeTensors.write(file, tensors);
  }

  /**
   * Reads parameters from {@code file}.
   *
   * @throws BadInput when one is missing or has another shape
   */
  public static void loadWeights(Path file, ParameterBuffer parameters) {
    Set<String> missing = new LinkedHashSet<>();
    parameters.names().forEach(missing::add);
    boolean direct = missing.stream().allMatch(name -> parameters.floats(name).isPresent());
    if (direct && !SafeTensors.isQuantised(file)) {
      SafeTensors.readInto(
          file,
          (name, shape) -> {
            if (!missing.remove(name)) {
              return Optional.empty();
            }
            requireShape(file, name, shape, parameters);
            return parameters.floats(name);
          });
    } else {
      missing.retainAll(copy(file, SafeTensors.read(file), parameters));
    }
    for (String name : missing) {
      throw new BadInput(file + ": there is no tensor '" + name + "', which the settings ask for");
    }
  }

  /** Fills all parameters that are among {@code tensors}; gives the names of the others. */
  private static Set<String> copy(
      Path file, Map<String, SafeTensors.Tensor> tensors, ParameterBuffer parameters) {
    Set<String> missing = new LinkedHashSet<>();
    for (String name : parameters.names()) {
      SafeTensors.Tensor tensor = tensors.get(name);
      if (tensor == null) {
        missing.add(name);
        continue;
      }
      requireShape(file, name, tensor.shape(), parameters);
      parameters.view(name).assign(Nd4j.createFromArray(tensor.values()).reshape(tensor.shape()));
    }
    return missing;
  }

  private static void requireShape(
      Path file, String name, long[] shape, ParameterBuffer parameters) {
    if (!Arrays.equals(shape, parameters.shape(name))) {
      throw new BadInput(
          file
              + ": tensor '"
              + name
              + "' has the shape "
              + Arrays.toString(shape)
              + ", but the settings ask for "
              + Arrays.toString(parameters.shape(name)));
    }
  }

  /** The complete checkpoints, the latest last. */
  public List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> path.getFileName().toString().matches("step-\\d+"))
          .sorted(Comparator.comparing(Path::getFileName))
          .toList();
    } catch (IOException e) {
      throw new BadInput("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Fills {@code state} from the latest checkpoint and gives its progress; empty when there is
   * none.
   */
  public Optional<Progress> loadLast(ModelState state) {
    List<Path> all = all();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Path last = all.get(all.size() - 1);
    loadWeights(last.resolve(WEIGHTS), state.parameters());
    Map<String, SafeTensors.Tensor> moments = SafeTensors.read(last.resolve(OPTIMISER));
    fill(state.firstMoment(), moments.get("first"));
    fill(state.secondMoment(), moments.get("second"));
    try {
      return Optional.of(JSON.readValue(last.resolve(PROGRESS).toFile(), Progress.class));
    } catch (JsonProcessingException e) {
      throw new BadInput(last.resolve(PROGRESS) + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new BadInput("cannot read " + last.resolve(PROGRESS), e);
    }
  }

  private static void fill(ParameterBuffer buffer, SafeTensors.Tensor tensor) {
    buffer.flat().assign(Nd4j.createFromArray(tensor.values()));
  }

  /** Makes {@code parameters} the mean of the weights of some checkpoints. */
  public void average(List<Path> checkpoints, ParameterBuffer parameters) {
    ParameterBuffer one = parameters.like();
    parameters.flat().assign(0);
    for (Path checkpoint : checkpoints) {
      loadWeights(checkpoint.resolve(WEIGHTS), one);
      parameters.flat().addi(one.flat());
    }
    parameters.flat().divi(checkpoints.size());
  }

  /** The checkpoint of a step, if it is still there. */
  public Optional<Path> ofStep(long step) {
    return all().stream().filter(path -> step(path) == step).findFirst();
  }

  private static long step(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("step-".length()));
  }

  /** Deletes all but the {@code last} latest ones and those of {@code best} steps. */
  public void prune(int last, Set<Long> best) {
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
      throw new BadInput("cannot delete " + path + ": " + e.getMessage(), e);
    }
  }
}
