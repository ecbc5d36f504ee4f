package org.yuqiao.files.torch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads pickles, Python's serialized objects, of protocols 2 to 5 (PEP 307, 3154, 574), as data:
 * numbers, strings, containers, and what {@link Constructors} makes of the few names it knows.
 *
 * <p>Every other opcode or name is refused: a pickle is a program, and none of it is run.
 */
final class Unpickler {
  private static final int MIN_PROTOCOL = 2;
  private static final int MAX_PROTOCOL = 5;
  private static final Object MARK = new Object();

  /** Python's None. */
  static final Object NONE = new Object();

  private final PickleInput in;
  private final Constructors constructors;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();

  /** A pickle that is not plain data, or damaged; the message is a clause about it. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
      super(message);
    }

    Refusal(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** An immutable sequence. */
  record Tuple(List<Object> items) {}

  /** The name of a class or function; never resolved. */
  record Global(String module, String name) {
    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /** The names a pickle may refer to. */
  interface Constructors {
    /** Refuses a name that is not known. */
    void check(Global global);

    /** The object that a call of a known function stands for. */
    Object call(Global function, List<Object> arguments);

    /** The object stored outside the pickle under an id. */
    Object persistent(Object id);
  }

  private Unpickler(PickleInput in, Constructors constructors) {
    this.in = in;
    this.constructors = constructors;
  }

  /**
   * Reads one pickle.
   *
   * @throws Refusal when it is damaged or holds anything but data
   */
  static Object read(PickleInput in, Constructors constructors) throws IOException {
    return new Unpickler(in, constructors).run();
  }

  private Object run() throws IOException {
    if (in.read() != 0x80) {
      throw new Refusal("it does not begin as a pickle of protocol 2 or newer");
    }
    int protocol = in.read();
    if (protocol < MIN_PROTOCOL || protocol > MAX_PROTOCOL) {
      throw new Refusal("its pickle protocol is " + protocol + "; expected 2 to 5");
    }
    for (int opcode = in.read(); opcode != '.'; opcode = in.read()) {
      if (!number(opcode) && !text(opcode) && !container(opcode) && !memo(opcode)) {
        object(opcode);
      }
    }
    return pop();
  }

  private boolean number(int opcode) throws IOException {
    switch (opcode) {
      case 'N' -> push(NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push((long) in.signedInt());
      case 'K' -> push((long) in.read());
      case 'M' -> push((long) in.unsignedShort());
      case 0x8A -> push(in.integer(in.read()));
      case 0x8B -> push(in.integer(in.signedInt()));
      case 'G' -> push(in.bigEndianDouble());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean text(int opcode) throws IOException {
    switch (opcode) {
      case 'X' -> push(in.text(in.unsignedInt()));
      case 0x8C -> push(in.text(in.read()));
      case 0x8D -> push(in.text(in.signedLong()));
      case 'U' -> push(in.text(in.read()));
      case 'T' -> push(in.text(in.signedInt()));
      case 'C' -> push(in.bytes(in.read()));
      case 'B' -> push(in.bytes(in.unsignedInt()));
      case 0x8E -> push(in.bytes(in.signedLong()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> push(MARK);
      case '0' -> pop();
      case '1' -> marked();
      case ')' -> push(new Tuple(List.of()));
      case 't' -> push(new Tuple(marked()));
      case 0x85, 0x86, 0x87 -> push(new Tuple(last(opcode - 0x84)));
      case ']' -> push(new ArrayList<Object>());
      case 'l' -> push(marked());
      case 'a' -> extend(last(1));
      case 'e' -> extend(marked());
      case '}' -> push(new LinkedHashMap<Object, Object>());
      case 'd' -> {
        List<Object> items = marked();
        push(new LinkedHashMap<Object, Object>());
        put(items);
      }
      case 's' -> put(last(2));
      case 'u' -> put(marked());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memo(int opcode) throws IOException {
    switch (opcode) {
      case 'q' -> memo.put((long) in.read(), top());
      case 'r' -> memo.put(in.unsignedInt(), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'h' -> recall(in.read());
      case 'j' -> recall(in.unsignedInt());
      case 0x95 -> in.signedLong(); // the length of a frame
      default -> {
        return false;
      }
    }
    return true;
  }

  private void object(int opcode) throws IOException {
    switch (opcode) {
      case 'c' -> push(known(new Global(in.line(), in.line())));
      case 0x93 -> {
        String name = pop(String.class);
        push(known(new Global(pop(String.class), name)));
      }
      case 'R' -> {
        Tuple arguments = pop(Tuple.class);
        push(constructors.call(pop(Global.class), arguments.items()));
      }
      case 'b' -> {
        // An ordered dictionary's attributes, which hold the versions of modules.
        pop();
        if (!(top() instanceof Map)) {
          throw new Refusal("it sets attributes of something that is no dictionary");
        }
      }
      case 'Q' -> push(constructors.persistent(pop()));
      default ->
          throw new Refusal(
              String.format(
                  Locale.ROOT,
                  "it has the pickle opcode 0x%02X at byte %d, which plain data does not need",
                  opcode,
                  in.position() - 1));
    }
  }

  private Global known(Global global) {
    constructors.check(global);
    return global;
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() {
    if (stack.isEmpty()) {
      throw new Refusal("its pickle takes a value where there is none");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    Object top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  private <T> T pop(Class<T> type) {
    return cast(type, pop());
  }

  private static <T> T cast(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new Refusal(
          "its pickle needs a "
              + type.getSimpleName().toLowerCase(Locale.ROOT)
              + " where there is something else");
    }
    return type.cast(value);
  }

  /** Takes the last {@code count} values. */
  private List<Object> last(int count) {
    if (stack.size() < count) {
      throw new Refusal("its pickle takes a value where there is none");
    }
    List<Object> tail = stack.subList(stack.size() - count, stack.size());
    List<Object> taken = new ArrayList<>(tail);
    tail.clear();
    return taken;
  }

  /** Takes the values above the last mark, and the mark. */
  private List<Object> marked() {
    int at = stack.size() - 1;
    while (at >= 0 && stack.get(at) != MARK) {
      at--;
    }
    if (at < 0) {
      throw new Refusal("its pickle has no mark where one is needed");
    }
    List<Object> taken = last(stack.size() - at - 1);
    pop();
    return taken;
  }

  @SuppressWarnings("unchecked")
  private void extend(List<Object> items) {
    ((List<Object>) cast(List.class, top())).addAll(items);
  }

  @SuppressWarnings("unchecked")
  private void put(List<Object> items) {
    Map<Object, Object> map = (Map<Object, Object>) cast(Map.class, top());
    if (items.size() % 2 != 0) {
      throw new Refusal("its pickle has a key without a value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      if (!(key instanceof String || key instanceof Number)) {
        throw new Refusal("its pickle has a key that is neither text nor number");
      }
      map.put(key, items.get(i + 1));
    }
  }

  private void recall(long index) {
    Object value = memo.get(index);
    if (value == null) {
      throw new Refusal("its pickle recalls the value " + index + ", which it never stored");
    }
    push(value);
  }
}
