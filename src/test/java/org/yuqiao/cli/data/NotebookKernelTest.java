package org.yuqiao.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.files.InvalidInputException;

class NotebookKernelTest {
  @TempDir private Path home;

  @Test
  void theSpecificationStartsAJvmLikeThisOneWithTheKernelsJar() throws IOException {
    NotebookKernel kernel = new NotebookKernel(home);
    Files.createDirectories(kernel.jars());
    Files.writeString(kernel.jars().resolve("kernel-1.jar"), "");
    Path jupyterPath = kernel.specify();
    JsonNode written =
        new ObjectMapper().readTree(jupyterPath.resolve("kernels/yuqiao/kernel.json").toFile());
    String command = written.get("argv").toString();
    assertTrue(command.contains("jdk.incubator.vector"), command);
    assertTrue(command.contains("kernel-1.jar"), command);
    assertTrue(command.endsWith("\"{connection_file}\"]"), command);
    assertEquals("java", written.get("language").asText());
    assertTrue(written.at("/env/RJK_CLASSPATH").asText().contains("classes"));
  }

  @Test
  void withoutTheJarThereIsNoKernel() {
    assertThrows(InvalidInputException.class, () -> new NotebookKernel(home).specify());
  }
}
