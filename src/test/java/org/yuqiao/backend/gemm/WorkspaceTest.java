package org.yuqiao.backend.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.yuqiao.backend.tensor.TensorFixtures;

class WorkspaceTest {
  private final Workspace workspace = new Workspace();

  @Test
  void leasesShareNoMemoryUntilTheyAreReleased() {
    float[] first = workspace.lease(10);
    int kept = workspace.leases();
    float[] second = workspace.lease(10);
    assertNotSame(first, second);
    workspace.releaseTo(kept);
    assertSame(second, workspace.lease(10));
    workspace.releaseTo(0);
    assertSame(first, workspace.lease(10));
  }

  @Test
  void aBufferThatIsTooSmallIsReplacedByALargerOne() {
    workspace.lease(10);
    workspace.releaseTo(0);
    assertTrue(workspace.lease(100_000).length > 100_000);
  }

  @Test
  void zerosAreZerosWhateverTheBufferHeld() {
    Arrays.fill(workspace.lease(10), 1);
    workspace.releaseTo(0);
    float[] zeros = workspace.leaseZeros(10);
    for (int i = 0; i < 10; i++) {
      assertEquals(0, zeros[i]);
    }
  }

  @Test
  void leasingWithoutReleasingFailsInsteadOfSharing() {
    assertThrows(
        IllegalStateException.class,
        () -> {
          for (int i = 0; i < 1000; i++) {
            workspace.lease(1);
          }
        });
    workspace.releaseTo(2);
    assertThrows(IllegalStateException.class, () -> workspace.releaseTo(3));
  }

  @Test
  void matmulsOfShapesThatDoNotFitAreRefused() {
    NativeMatrix a = NativeMatrix.of(TensorFixtures.zeros(2, 3));
    NativeMatrix c = NativeMatrix.of(TensorFixtures.zeros(2, 2));
    Sgemm gemm = workspace.gemm();
    gemm.multiply(a, a.transpose(), c, 1, 0);
    assertThrows(IllegalArgumentException.class, () -> gemm.multiply(a, a, c, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> gemm.multiplyLarge(a, a, c, 0));
  }
}
