package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.backend.Backend;
import org.yuqiao.experiment.ExperimentQueue.Outcome;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.Machine;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunLock;
import org.yuqiao.store.RunResult;
import org.yuqiao.store.RunState;
import org.yuqiao.train.Replica;

class ExperimentQueueTest {
  @TempDir private Path folder;
  private final List<String> trained = new ArrayList<>();
  private final AtomicBoolean stop = new AtomicBoolean();

  @BeforeEach
  void writeCorpora() throws IOException {
    Files.writeString(folder.resolve("train.tsv"), "你好\tHello\n");
    Files.writeString(folder.resolve("valid.tsv"), "再见\tGood bye\n");
    write("seeds: [1, 2]");
  }

  private void write(String more) throws IOException {
    Files.writeString(
        folder.resolve("e.yaml"),
        "data: {train: [%1$s/train.tsv], valid: [%1$s/valid.tsv]}\n%2$s\n".formatted(folder, more));
  }

  private Map<Outcome, Integer> run(ExperimentQueue.Trainer trainer) {
    return new ExperimentQueue(folder.resolve("runs"), 1, trainer, sentence -> {}, stop)
        .run(ExperimentPlan.read(folder.resolve("e.yaml")));
  }

  /** Begins a run as training does, and leaves it without a result. */
  private void half(ExperimentSettings settings, Path path, boolean resume) {
    trained.add(path.getFileName() + (resume ? " resumed" : ""));
    RunFolder run = new RunFolder(path);
    if (!resume) {
      Provenance.begin(run, settings, Replica.alone(new Backend(1)));
      SettingsFile.write(settings, run.settings());
    }
  }

  private String whole(ExperimentSettings settings, Path path, boolean resume) {
    half(settings, path, resume);
    new RunResult("", 1, 1, 1, 1, 1, 1, 1, 1, Map.of("bleu", 1.0), Map.of())
        .write(new RunFolder(path));
    return "";
  }

  @Test
  void completeRunsAreSkippedAndNewOnesMade() throws IOException {
    assertEquals(Map.of(Outcome.COMPLETE, 2), run(this::whole));
    write("seeds: [1, 2, 3]");
    assertEquals(Map.of(Outcome.SKIPPED, 2, Outcome.COMPLETE, 1), run(this::whole));
    assertEquals(List.of("seed=1", "seed=2", "seed=3"), trained);
  }

  @Test
  void aQueueThatWasStoppedGoesOnWhereItWas() {
    Map<Outcome, Integer> first =
        run(
            (settings, path, resume) -> {
              half(settings, path, resume);
              stop.set(true);
              return "stopped";
            });
    assertEquals(Map.of(Outcome.STOPPED, 2), first);
    stop.set(false);
    assertEquals(Map.of(Outcome.COMPLETE, 2), run(this::whole));
    assertEquals(List.of("seed=1", "seed=1 resumed", "seed=2"), trained);
  }

  @Test
  void aRunWithOtherSettingsIsNotOverwrittenButRefusedBeforeAnyBegins() throws IOException {
    run(this::whole);
    write("seeds: [0, 1]\nmodel: {dropout: 0.2}");
    String message = assertThrows(InvalidInputException.class, () -> run(this::whole)).getMessage();
    assertTrue(message.contains("model.dropout was 0.1 and is 0.2"), message);
    assertEquals(2, trained.size());
    assertFalse(Files.exists(folder.resolve("runs/e/seed=0")));
  }

  @Test
  void aRunWithOtherDataIsRefusedAndTheSameDataElsewhereIsNot() throws IOException {
    run(this::whole);
    Files.copy(folder.resolve("train.tsv"), folder.resolve("copy.tsv"));
    write("seeds: [1]\ndata.train: [%s/copy.tsv]".formatted(folder));
    assertEquals(Map.of(Outcome.SKIPPED, 1), run(this::whole));
    Files.writeString(folder.resolve("copy.tsv"), "你好吗\tHow are you\n");
    String message = assertThrows(InvalidInputException.class, () -> run(this::whole)).getMessage();
    assertTrue(message.contains("data.train has other contents"), message);
  }

  @Test
  void aFolderThatIsNoRunIsLeftAlone() throws IOException {
    Path other = folder.resolve("runs/e/seed=1/thesis.txt");
    Files.createDirectories(other.getParent());
    Files.writeString(other, "mine");
    assertThrows(InvalidInputException.class, () -> run(this::whole));
    assertEquals("mine", Files.readString(other));
  }

  @Test
  void aFailureIsKeptTheOthersGoOnAndTheNextTimeItIsTriedAgain() throws IOException {
    Map<Outcome, Integer> outcomes =
        run(
            (settings, path, resume) -> {
              half(settings, path, resume);
              if (settings.train().seed() == 2) {
                whole(settings, path, true);
              }
              return "out of memory";
            });
    assertEquals(Map.of(Outcome.FAILED, 1, Outcome.COMPLETE, 1), outcomes);
    RunFolder failed = new RunFolder(folder.resolve("runs/e/seed=1"));
    assertEquals(RunState.FAILED, RunState.of(failed));
    assertEquals("out of memory\n", Files.readString(failed.failure()));
    assertEquals(Map.of(Outcome.COMPLETE, 1, Outcome.SKIPPED, 1), run(this::whole));
    assertEquals(RunState.COMPLETE, RunState.of(failed));
  }

  @Test
  void aRunThatSomebodyTrainsIsRefused() {
    run(
        (settings, path, resume) -> {
          half(settings, path, resume);
          stop.set(true);
          return "";
        });
    RunFolder run = new RunFolder(folder.resolve("runs/e/seed=1"));
    try (RunLock lock = RunLock.take(run)) {
      assertNotNull(lock);
      assertEquals(RunState.RUNNING, RunState.of(run));
      String message =
          assertThrows(InvalidInputException.class, () -> run(this::whole)).getMessage();
      assertTrue(message.contains("being trained by another process"), message);
    }
    assertEquals(RunState.STOPPED, RunState.of(run));
    assertFalse(Files.exists(run.lock()));
  }

  @Test
  void provenanceTellsCommandDataSeedBackendAndMachineOfEachSession() {
    run(this::whole);
    RunFolder run = new RunFolder(folder.resolve("runs/e/seed=2"));
    Provenance.resume(run, run.loadSettings(), Replica.alone(new Backend(1)));
    Provenance provenance = Provenance.read(run).orElseThrow();
    assertEquals(2, provenance.seed());
    assertEquals(2, provenance.sessions().size());
    // printf '你好\tHello\n' | sha256sum
    assertEquals(
        "6af37c49eda4d8a8cf2bfb60351790c164c76d787e07552b57cfd14c8c5aae9d",
        provenance.corpora().get("train").get(0).sha256());
    Machine machine = provenance.sessions().get(1).machine();
    assertTrue(machine.cores() > 0 && machine.memoryBytes() > 1 << 20, machine.toString());
    assertFalse(machine.cpu().isBlank());
    assertFalse(provenance.sessions().get(1).backend().isBlank());
  }

  @Test
  void aRunWhoseDataChangedDoesNotGoOn() throws IOException {
    run(this::whole);
    Files.writeString(folder.resolve("train.tsv"), "别的\tOther\n");
    RunFolder run = new RunFolder(folder.resolve("runs/e/seed=1"));
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> Provenance.resume(run, run.loadSettings(), Replica.alone(new Backend(1))))
            .getMessage();
    assertTrue(message.contains("data.train has other contents"), message);
  }
}
