package org.yuqiao.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.yuqiao.RandomText;
import org.yuqiao.ScratchFolder;
import org.yuqiao.SeededProperty;

class SafeTensorsPropertiesTest {
  @Provide
  Arbitrary<List<String>> names() {
    return RandomText.unicode()
        .map(name -> "n" + name)
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<long[]> shapes() {
    return Arbitraries.longs().between(0, 5).array(long[].class).ofMaxSize(4);
  }

  /** Any finite float32 number: zeros of both signs, subnormal and large ones. */
  private static float[] values(long[] shape, SplittableRandom random) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isFinite(value) ? value : -0f;
    }
    return values;
  }

  @SeededProperty
  void tensorsAreReadAsTheyWereWritten(
      @ForAll("names") List<String> names, @ForAll("shapes") long[] shape, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, new SafeTensors.Tensor(shape, values(shape, random)));
    }
    try (ScratchFolder folder = ScratchFolder.create()) {
      SafeTensors.write(folder.resolve("t"), tensors);
      Map<String, SafeTensors.Tensor> read = SafeTensors.read(folder.resolve("t"));
      assertEquals(tensors.keySet(), read.keySet());
      tensors.forEach(
          (name, tensor) -> {
            assertArrayEquals(tensor.shape(), read.get(name).shape());
            assertArrayEquals(bits(tensor.values()), bits(read.get(name).values()));
          });
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @SeededProperty
  void quantizedMatricesAreReadWithinHalfAScale(
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int columns,
      @ForAll @IntRange(max = 1) int axis,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-6, 7)));
    }
    try (ScratchFolder folder = ScratchFolder.create()) {
      SafeTensors.write(
          folder.resolve("t"),
          Map.of("w", new long[] {rows, columns}),
          Map.of("w", axis),
          name -> FloatBuffer.wrap(values));
      float[] read = SafeTensors.read(folder.resolve("t")).get("w").values();
      for (int i = 0; i < values.length; i++) {
        List<Float> together = new ArrayList<>();
        for (int j = 0; j < values.length; j++) {
          boolean same = axis == 0 ? i / columns == j / columns : i % columns == j % columns;
          if (same) {
            together.add(Math.abs(values[j]));
          }
        }
        double max = together.stream().mapToDouble(Float::doubleValue).max().orElseThrow();
        assertEquals(values[i], read[i], 0.5001 * max / 127);
      }
    }
  }
}
