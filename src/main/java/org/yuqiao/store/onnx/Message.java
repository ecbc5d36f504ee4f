package org.yuqiao.store.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.io.IOException;
import java.io.OutputStream;

/** A protobuf message under construction, by the numbers of its fields in {@code onnx.proto}. */
final class Message {
  private final UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();

  Message integer(int field, long value) {
    fields.mergeField(field, Field.newBuilder().addVarint(value).build());
    return this;
  }

  Message floating(int field, float value) {
    fields.mergeField(field, Field.newBuilder().addFixed32(Float.floatToRawIntBits(value)).build());
    return this;
  }

  Message text(int field, String value) {
    return bytes(field, ByteString.copyFromUtf8(value));
  }

  Message bytes(int field, ByteString value) {
    fields.mergeField(field, Field.newBuilder().addLengthDelimited(value).build());
    return this;
  }

  Message message(int field, Message value) {
    return bytes(field, value.fields.build().toByteString());
  }

  void writeTo(OutputStream out) throws IOException {
    fields.build().writeTo(out);
  }
}
