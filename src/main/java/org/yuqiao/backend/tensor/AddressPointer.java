package org.yuqiao.backend.tensor;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer that is set to any address, so that native calls allocate nothing. */
public final class AddressPointer extends FloatPointer {
  public AddressPointer() {
    super((Pointer) null);
  }

  public AddressPointer at(long target) {
    address = target;
    return this;
  }
}
