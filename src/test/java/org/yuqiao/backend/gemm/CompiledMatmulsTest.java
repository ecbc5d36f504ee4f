package org.yuqiao.backend.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompiledMatmulsTest {
  private final List<String> closed = new ArrayList<>();

  private CompiledMatmuls.Compiled compiled(String size) {
    return () -> closed.add(size);
  }

  @Test
  void theLeastRecentlyUsedIsClosedOnceThereAreTooMany() {
    CompiledMatmuls<String, CompiledMatmuls.Compiled> matmuls = new CompiledMatmuls<>(2);
    CompiledMatmuls.Compiled a = matmuls.of("a", this::compiled);
    CompiledMatmuls.Compiled b = matmuls.of("b", this::compiled);
    assertSame(a, matmuls.of("a", this::compiled));
    assertEquals(List.of(), closed);
    matmuls.of("c", this::compiled);
    assertEquals(List.of("b"), closed);
    assertSame(a, matmuls.of("a", this::compiled));
    matmuls.of("b", this::compiled);
    assertEquals(List.of("b", "c"), closed);
    b.close();
  }
}
