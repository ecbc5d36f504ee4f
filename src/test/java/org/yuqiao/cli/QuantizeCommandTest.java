package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yuqiao.cli.ProgramProcess.Result;

/** Quantization of a model to int8. */
@ExtendWith(TrainedRun.Extension.class)
class QuantizeCommandTest {
  @Test
  void theInt8ModelTranslatesAlikeAndIsNotQuantizedAgain(TrainedRun run) throws IOException {
    Result made =
        InProcess.run("", "quantize", "--model", run.path("run"), "--out", run.path("small"));
    assertEquals(0, made.exit(), made.err());
    long before = Files.size(run.folder().resolve("run/model.safetensors"));
    assertTrue(Files.size(run.folder().resolve("small/model.safetensors")) < 0.5 * before);
    String input = "我有12本书。\n";
    Result expected = InProcess.run(input, "translate", "--model", run.path("run"), "--beam", "1");
    Result actual = InProcess.run(input, "translate", "--model", run.path("small"), "--beam", "1");
    assertEquals(expected.out(), actual.out(), actual.err());
    Result evaluated =
        InProcess.run(
            "",
            "evaluate",
            "--model",
            run.path("small"),
            "--test",
            run.path("valid.tsv"),
            "--json");
    assertEquals(0, evaluated.exit(), evaluated.err());
    Result again =
        InProcess.run("", "quantize", "--model", run.path("small"), "--out", run.path("smaller"));
    assertTrue(again.exit() == 1 && again.err().contains("already"), again.err());
    String beside =
        "bench translate --model "
            + run.path("small")
            + " --test "
            + run.path("valid.tsv")
            + " --compare-int8";
    Result refused = InProcess.run("", beside.split(" "));
    assertTrue(refused.exit() == 1 && refused.err().contains("int8 already"), refused.err());
  }
}
