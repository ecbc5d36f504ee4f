package org.yuqiao.backend.simd;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector arithmetic shared by the kernels.
 *
 * <p>Sums are taken lane by lane and the lanes added in a fixed order, so that a result depends on
 * the values alone, not on the progress of the just-in-time compiler.
 *
 * <p>All float vectors of the process have {@link #SPECIES}. Once there are two widths, the
 * compiler of Java 17 no longer knows the class of a vector from its profiles, and makes an object
 * of every one, also in kernels that have seen a single width.
 */
public final class SimdMath {
  public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  public static final int LANES = SPECIES.length();

  /** Byte vectors of {@link #LANES} lanes. */
  static final VectorSpecies<Byte> BYTE_SPECIES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Byte.SIZE * LANES));

  private static final float LOG2_E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /** 1.5 * 2^23: adding it leaves the nearest integer of a value below 2^22 in the low bits. */
  static final float ROUNDING = 12582912f;

  private static final int ROUNDING_BITS = Float.floatToRawIntBits(ROUNDING);
  private static final float MIN_EXPONENT = -87f;

  private SimdMath() {}

  /** The smallest multiple of the vector length that is at least {@code length}. */
  public static int padded(int length) {
    return (length + LANES - 1) / LANES * LANES;
  }

  public static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  /** {@link #LANES} int8 values as float32. */
  public static FloatVector load(byte[] array, int at) {
    return (FloatVector)
        ByteVector.fromArray(BYTE_SPECIES, array, at).convertShape(VectorOperators.B2F, SPECIES, 0);
  }

  public static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /**
   * The sum of the lanes, every fourth one first: four short chains of additions, not a long one.
   *
   * <p>It goes through an array, for taking lane after lane from a vector compiles to so much code
   * that the compiler gives up on the loops around it.
   */
  public static float sum(FloatVector vector) {
    return sum(vector.toArray(), 0);
  }

  /** The sum of the lanes of the vector at {@code at}, in the same order. */
  public static float sum(float[] lanes, int at) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = at; i < at + LANES; i += 4) {
      a += lanes[i];
      b += lanes[i + 1];
      c += lanes[i + 2];
      d += lanes[i + 3];
    }
    return (a + b) + (c + d);
  }

  /** a += b over whole vectors: up to a vector behind {@code length} is changed as well. */
  public static void add(float[] a, float[] b, int length) {
    for (int i = 0; i < length; i += LANES) {
      load(a, i).add(load(b, i)).intoArray(a, i);
    }
  }

  /** Whether a lane of the vector at {@code at} is above {@code limit}. */
  static boolean anyAbove(float[] array, int at, float limit) {
    return load(array, at).compare(VectorOperators.GT, limit).anyTrue();
  }

  /**
   * The max of each lane over the first {@code length} elements, a multiple of the vector length.
   * Four chains of comparisons run side by side to hide their latency.
   */
  static FloatVector maxByLane(float[] array, int length) {
    FloatVector a = load(array, 0);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (; i + 4 * LANES <= length; i += 4 * LANES) {
      a = a.max(load(array, i));
      b = b.max(load(array, i + LANES));
      c = c.max(load(array, i + 2 * LANES));
      d = d.max(load(array, i + 3 * LANES));
    }
    for (; i < length; i += LANES) {
      a = a.max(load(array, i));
    }
    return a.max(b).max(c.max(d));
  }

  /** The dot product of {@code vector} with the elements of {@code array} from {@code at} on. */
  public static float dot(float[] array, int at, float[] vector) {
    FloatVector sums = broadcast(0f);
    int whole = SPECIES.loopBound(vector.length);
    for (int i = 0; i < whole; i += LANES) {
      sums = load(array, at + i).fma(load(vector, i), sums);
    }
    float sum = sum(sums);
    for (int i = whole; i < vector.length; i++) {
      sum += array[at + i] * vector[i];
    }
    return sum;
  }

  /** The max of the lanes. */
  public static float max(FloatVector vector) {
    return vector.reduceLanes(VectorOperators.MAX);
  }

  /**
   * e^x to about one unit in the last place, for x up to 88; exactly 0 below -87, so that a masked
   * position has weight 0. Range reduction by powers of two, then a polynomial of degree 6 (as in
   * Cephes' expf).
   */
  public static FloatVector exp(FloatVector x) {
    VectorMask<Float> tiny = x.lt(MIN_EXPONENT);
    FloatVector clamped = x.blend(MIN_EXPONENT, tiny);
    FloatVector shifted = clamped.fma(broadcast(LOG2_E), broadcast(ROUNDING));
    FloatVector n = shifted.sub(ROUNDING);
    FloatVector r = n.fma(broadcast(-LN2_HIGH), clamped);
    r = n.fma(broadcast(-LN2_LOW), r);
    FloatVector p = broadcast(1.9875691500e-4f);
    p = p.fma(r, broadcast(1.3981999507e-3f));
    p = p.fma(r, broadcast(8.3334519073e-3f));
    p = p.fma(r, broadcast(4.1665795894e-2f));
    p = p.fma(r, broadcast(1.6666665459e-1f));
    p = p.fma(r, broadcast(5.0000001201e-1f));
    p = p.fma(r.mul(r), r).add(1f);
    FloatVector powerOfTwo =
        shifted
            .reinterpretAsInts()
            .sub(ROUNDING_BITS - 127)
            .lanewise(VectorOperators.LSHL, 23)
            .reinterpretAsFloats();
    return p.mul(powerOfTwo).blend(0f, tiny);
  }

  /** 1 / (1 + e^-x). */
  public static FloatVector sigmoid(FloatVector x) {
    return broadcast(1).div(exp(x.neg().min(80f)).add(1f));
  }

  /** tanh(x) = 2 sigmoid(2x) - 1, to about 1e-7. */
  public static FloatVector tanh(FloatVector x) {
    return sigmoid(x.add(x)).mul(2f).sub(1f);
  }
}
