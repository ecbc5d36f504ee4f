package org.yuqiao.backend.tensor;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer that can be set to any address, so that a call of native code allocates nothing. */
public final class AddressPointer extends FloatPointer {
  public AddressPointer() {
    super((Pointer) null);
  }

  public AddressPointer at(long target) {
    address = target;
    return this;
  }
}
