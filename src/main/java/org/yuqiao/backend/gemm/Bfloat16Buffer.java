package org.yuqiao.backend.gemm;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;
import org.yuqiao.backend.tensor.AddressPointer;

/**
 * float32 values of native memory, rounded to the nearest bfloat16 (to even) by oneDNN.
 *
 * <p>oneDNN compiles the rounding of each number of values, so it rounds powers of two of them, as
 * many as the number has ones in binary.
 */
final class Bfloat16Buffer {
  private static final int LARGEST = 22;

  /** Rounds 2^i values. */
  private record Rounding(reorder code, memory from, memory to, dnnl_exec_arg_t arguments) {
    static Rounding of(int power) {
      long[] shape = {1L << power};
      memory.format_tag row = memory.format_tag.a;
      AddressPointer none = new AddressPointer();
      try (memory.desc exact = new memory.desc(shape, memory.data_type.f32, row);
          memory.desc rounded = new memory.desc(shape, memory.data_type.bf16, row)) {
        memory from = new memory(exact, OneDnnMatmulCache.engine(), none);
        memory to = new memory(rounded, OneDnnMatmulCache.engine(), none);
        dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(2);
        arguments.position(0).arg(dnnl.DNNL_ARG_FROM).memory(from.get());
        arguments.position(1).arg(dnnl.DNNL_ARG_TO).memory(to.get());
        return new Rounding(new reorder(from, to), from, to, arguments);
      }
    }
  }

  private final stream queue;
  private final List<Rounding> roundings = new ArrayList<>();
  private final AddressPointer source = new AddressPointer();
  private final AddressPointer target = new AddressPointer();
  private ShortPointer values = new ShortPointer(1);

  Bfloat16Buffer(stream queue) {
    this.queue = queue;
    for (int power = 0; power <= LARGEST; power++) {
      roundings.add(Rounding.of(power));
    }
  }

  /** Rounds {@code count} values at {@code address}; zeros follow, up to {@code padded} values. */
  void round(long address, long count, long padded) {
    if (values.capacity() < padded) {
      values.close();
      values = new ShortPointer(padded);
    }
    long done = 0;
    for (int power = LARGEST; power >= 0; power--) {
      while (count - done >= 1L << power) {
        round(roundings.get(power), address + done * Float.BYTES, done);
        done += 1L << power;
      }
    }
    if (padded > count) {
      long bytes = (padded - count) * Short.BYTES;
      Pointer.memset(target.at(values.address() + count * Short.BYTES), 0, bytes);
    }
  }

  private void round(Rounding rounding, long address, long position) {
    dnnl.dnnl_memory_set_data_handle(rounding.from().get(), source.at(address));
    dnnl.dnnl_memory_set_data_handle(
        rounding.to().get(), target.at(values.address() + position * Short.BYTES));
    int status =
        dnnl.dnnl_primitive_execute(
            rounding.code().get(), queue.get(), 2, rounding.arguments().position(0));
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN cannot round to bfloat16: status " + status);
    }
  }

  /** Makes {@code matrix} read these values, from number {@code first} on. */
  void bind(memory matrix, long first) {
    dnnl.dnnl_memory_set_data_handle(
        matrix.get(), target.at(values.address() + first * Short.BYTES));
  }
}
