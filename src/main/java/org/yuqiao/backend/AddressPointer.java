package org.yuqiao.backend;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer that can be set to any address, so that a call of native code allocates nothing. */
final class AddressPointer extends FloatPointer {
  AddressPointer() {
    super((Pointer) null);
  }

  AddressPointer at(long target) {
    address = target;
    return this;
  }
}
