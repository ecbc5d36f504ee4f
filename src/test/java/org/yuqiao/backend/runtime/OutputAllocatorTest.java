package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.plan.Plan;
import org.yuqiao.backend.tensor.Tensor;

class OutputAllocatorTest {
  private static final long[] SHAPE = {2, 3};
  private static final int OUTPUT = 2;

  @AutoClose private final OutputAllocator allocator = new OutputAllocator();
  private final Tensor a = allocator.allocate(SHAPE);
  private final Tensor b = allocator.allocate(SHAPE);

  /** A kernel with one output of shape {@link #SHAPE}. */
  private record Stub(boolean inPlace, boolean passesLastInputOn, boolean overwritesAll)
      implements Kernel {
    @Override
    public long[][] outputShapes(long[][] inputs) {
      return new long[][] {SHAPE};
    }

    @Override
    public void run(Tensor[] in, Tensor[] out, Workspace workspace) {}

    @Override
    public boolean overwrites(int index) {
      return overwritesAll;
    }
  }

  private static final Stub PLAIN = new Stub(false, false, false);
  private static final Stub OVERWRITING = new Stub(false, false, true);

  /**
   * Where the output of {@code kernel} for a and b is put; nothing reads {@code lastUses} later.
   */
  private Tensor.Block output(Kernel kernel, int... lastUses) {
    Plan.Step step = new Plan.Step(new AddOp(), new int[] {0, 1}, new int[] {OUTPUT}, lastUses);
    return allocator.allocate(step, kernel, new Tensor[] {a, b})[0].block();
  }

  private void assertFresh(Tensor.Block block) {
    assertNotSame(a.block(), block);
    assertNotSame(b.block(), block);
  }

  @Test
  void outputsAreInTheArenaUnlessTheKernelAllowsOtherwise() {
    assertFresh(output(PLAIN, 0, 1));
  }

  @Test
  void inPlaceOpsUseTheFirstInput() {
    assertSame(a.block(), output(new Stub(true, false, false)));
  }

  @Test
  void whatIsPassedOnStaysInTheLastInput() {
    assertSame(b.block(), output(new Stub(false, true, false)));
  }

  @Test
  void anInputIsOverwrittenAfterItsLastUseOnly() {
    assertSame(b.block(), output(OVERWRITING, 1));
    assertFresh(output(OVERWRITING));
  }

  @Test
  void memoryWithTwoReadersIsNotOverwritten() {
    b.block().retain();
    assertFresh(output(OVERWRITING, 1));
  }

  @Test
  void aRedirectedOutputIsAtItsDestination() {
    Tensor destination = allocator.allocate(SHAPE);
    allocator.redirect(OUTPUT, destination);
    assertSame(destination.block(), output(OVERWRITING, 1));
    assertTrue(allocator.deliver(OUTPUT, destination));
  }

  @Test
  void aValueElsewhereIsCopiedToItsDestination() {
    Tensor destination = allocator.allocate(SHAPE);
    allocator.redirect(OUTPUT, destination);
    float[] values = {1, 2, 3, 4, 5, 6};
    b.write(0, values, 0, values.length);
    assertTrue(allocator.deliver(OUTPUT, b));
    float[] copied = new float[values.length];
    destination.read(0, copied, 0, copied.length);
    assertArrayEquals(values, copied);
    assertFalse(allocator.deliver(OUTPUT + 1, b));
  }

  @Test
  void releasedMemoryIsUsedAgain() {
    Tensor.Block block = a.block();
    allocator.release(a);
    assertSame(block, allocator.allocate(SHAPE).block());
  }
}
