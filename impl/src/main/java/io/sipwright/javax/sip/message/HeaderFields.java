package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.RecognizedHeaders;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.Scanner;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of one message in their order: slices of the received bytes, or header objects.
 *
 * <p>A field is <em>raw</em> while nobody who could change its object has got it, though it may
 * have been parsed for reading. Once somebody has, it's still written as it came unless the object
 * was changed; whether it was is found out when it's written. A line with several values between
 * commas is one field until one of them is asked for; then it's split into a field per value, which
 * are written back in one line as long as they're raw and side by side.
 */
final class HeaderFields extends HeaderIndex {
  private static final SipHeader[] NONE = {};

  /** Whether anybody has got an object that he may change, or has changed what fields there are. */
  boolean touched;

  /** Whether there are other fields than those of the raw bytes. */
  private boolean rearranged;

  /** What stands before them; there once they're a message's. */
  @SuppressWarnings("NullAway.Init")
  StartLine start;

  /**
   * A bit per header type: whether what quick reads want of it is to be had only from the object.
   */
  private long byObject;

  /** What was read straight from the bytes; null if that's to be done yet. */
  @SuppressWarnings("UnusedVariable") // by the handle
  private @Nullable QuickReads quick;

  /** Publishes what was read with it. */
  private static final VarHandle QUICK;

  static {
    try {
      QUICK = MethodHandles.lookup().findVarHandle(HeaderFields.class, "quick", QuickReads.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** No fields yet. */
  HeaderFields(int capacity) {
    super(capacity);
  }

  /** What was read straight from the bytes; null if that's to be done yet. For any thread. */
  @Nullable QuickReads quick() {
    return (QuickReads) QUICK.getAcquire(this);
  }

  void quick(@Nullable QuickReads reads) {
    QUICK.setRelease(this, reads);
  }

  /** The bit of a type in the mask of quick reads. */
  static long bit(HeaderType type) {
    return bit(code(type));
  }

  private static long bit(int code) {
    return 1L << Math.min(code, 63);
  }

  boolean byObject(HeaderType type) {
    return (byObject & bit(type)) != 0;
  }

  /** Says that the raw bytes of a type don't tell all that quick reads want. */
  void readByObject(HeaderType type) {
    byObject |= bit(type);
  }

  /** Says so of all types: nothing came off the wire. */
  void readAllByObject() {
    byObject = -1L;
  }

  /** Whether the raw bytes are what will be sent of start line and headers. */
  boolean isUntouched() {
    return !touched && start.isRaw();
  }

  /**
   * Whether the raw bytes are what will be sent, although somebody who could have changed an object
   * may have got it.
   *
   * @param scratch what's written behind its end is taken off again, here and below
   */
  boolean isAsCame(HeaderModel model, ByteSink scratch) {
    if (isUntouched()) {
      return true;
    }
    if (rearranged || !start.isAsCame(raw, model, scratch)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!isAsCame(i, model, scratch)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a field is written as it came: its object, if there's one, wasn't changed. */
  boolean isAsCame(int i, HeaderModel model, ByteSink scratch) {
    return isRaw(i) || (hasSlice(i) && isUnchanged(i, model, scratch));
  }

  /** Whether a field is written as it came, and stands in the line that starts at a place. */
  boolean isBeside(int i, int line, HeaderModel model, ByteSink scratch) {
    return line(i) == line && hasSlice(i) && isAsCame(i, model, scratch);
  }

  /** Whether an object is written just as its slice, or as an object newly made of that. */
  private boolean isUnchanged(int i, HeaderModel model, ByteSink scratch) {
    int start = scratch.length();
    SipHeader object = object(i);
    object.encode(scratch);
    int value = start + object.getName().length() + ": ".length();
    int end = scratch.length();
    int from = valueFrom(i);
    int to = RawText.trimEnd(raw, from, valueTo(i));
    boolean same = scratch.isSame(value, end - "\r\n".length(), raw, from, to);
    if (!same) {
      try {
        parse(i, model, null).encode(scratch);
        same = scratch.isSame(start, end, scratch.array(), end, scratch.length());
      } catch (ParseException e) {
        throw new AssertionError("it was read before", e);
      }
    }
    scratch.length(start);
    return same;
  }

  /** The raw bytes in an array of their length, which nobody may change. */
  byte[] exactBytes() {
    if (raw.length != rawLength) {
      raw = Arrays.copyOf(raw, rawLength);
    }
    rawShared = true;
    return raw;
  }

  // --- objects ---

  private static boolean isList(@Nullable HeaderType type, String name) {
    return type == null
        ? RecognizedHeaders.is(name, HeaderType.Shape.LIST)
        : type.shape() == HeaderType.Shape.LIST;
  }

  /** Makes one field of each value, for all fields of a type that may hold several. */
  void split(HeaderType type) {
    if (type.shape() == HeaderType.Shape.LIST) {
      for (int i = find(type, 0); i >= 0; i = find(type, i + 1)) {
        split(i);
      }
    }
  }

  /** Makes one field of each value of a field, if it's one that may hold several. */
  void splitAt(int i) {
    if ((slots[i] & (TOUCHED | SINGLE)) == 0 && code(i) != JUNK) {
      HeaderType type = type(i);
      if (isList(type, type == null ? name(i) : "")) {
        split(i);
      }
    }
  }

  /** How many fields would come of splitting one. */
  int valuesAt(int i) {
    HeaderType type = type(i);
    if (code(i) == JUNK || !isList(type, type == null ? name(i) : "")) {
      return 1;
    }
    int from = RawText.skipEmptyElements(raw, valueFrom(i), valueTo(i));
    return Math.max(1, values(from, valueTo(i), hasQuotes(type)));
  }

  /** False for a header whose values may hold a lone quote. */
  private static boolean hasQuotes(@Nullable HeaderType type) {
    return type != HeaderType.IN_REPLY_TO;
  }

  private void split(int at) {
    if ((slots[at] & (TOUCHED | SINGLE)) != 0) {
      return;
    }
    boolean quotes = hasQuotes(type(at));
    int code = code(at);
    int line = line(at);
    int end = valueTo(at);
    int from = RawText.skipEmptyElements(raw, valueFrom(at), end);
    int comma = RawText.elementEnd(raw, from, end, quotes);
    int next = RawText.skipEmptyElements(raw, comma, end);
    int more = values(next, end, quotes);
    if (more > 0) {
      open(at + 1, more);
    }
    for (int i = at; i <= at + more; i++) {
      int to = comma == end ? end : RawText.trimEnd(raw, from, comma);
      slots[i] = SINGLE | slot(code, line, from, to);
      from = next;
      comma = RawText.elementEnd(raw, from, end, quotes);
      next = RawText.skipEmptyElements(raw, comma, end);
    }
  }

  /** How many values there are from a place where one starts. */
  private int values(int from, int end, boolean quotes) {
    int n = 0;
    for (int p = from; p < end; n++) {
      p = RawText.skipEmptyElements(raw, RawText.elementEnd(raw, p, end, quotes), end);
    }
    return n;
  }

  /**
   * The header object of a field, parsed if need be, for reading only; null if it breaks its
   * grammar.
   */
  @Nullable SipHeader peek(int i, HeaderModel model) {
    return peek(i, model, null);
  }

  private @Nullable SipHeader peek(int i, HeaderModel model, @Nullable Scanner cursor) {
    SipHeader object = objectOrNull(i);
    if (object != null || (slots[i] & BROKEN) != 0) {
      return object;
    }
    try {
      object = parse(i, model, cursor);
    } catch (ParseException e) {
      slots[i] |= BROKEN;
      return null;
    }
    keep(i, object);
    return object;
  }

  /**
   * The first header object of a name that's not broken, for reading only; null if there's none.
   */
  @Nullable SipHeader peekFirst(@Nullable HeaderType type, String name, HeaderModel model) {
    int i = firstGood(type, name, model);
    return i < 0 ? null : objectOrNull(i);
  }

  /** As {@link #peekFirst}, for somebody who may change the object. */
  @Nullable SipHeader touchFirst(@Nullable HeaderType type, String name, HeaderModel model) {
    int i = firstGood(type, name, model);
    return i < 0 ? null : touch(i, model);
  }

  private int firstGood(@Nullable HeaderType type, String name, HeaderModel model) {
    boolean list = isList(type, name);
    for (int i = find(type, name, 0); i >= 0; i = find(type, name, i + 1)) {
      if (list) {
        split(i);
      }
      if (peek(i, model) != null) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The header objects of a name that aren't broken.
   *
   * @param touch whether for somebody who may change them
   */
  SipHeader[] all(@Nullable HeaderType type, String name, boolean touch, HeaderModel model) {
    boolean list = isList(type, name);
    SipHeader[] found = NONE;
    int n = 0;
    Scanner cursor = null;
    for (int i = find(type, name, 0); i >= 0; i = find(type, name, i + 1)) {
      if (list) {
        split(i);
      }
      SipHeader object = objectOrNull(i);
      if (object == null) {
        cursor = cursor == null ? new Scanner(raw, 0, 0) : cursor;
        object = peek(i, model, cursor);
        if (object == null) {
          continue;
        }
      }
      if (touch) {
        touch(i);
      }
      if (n == found.length) {
        found = Arrays.copyOf(found, n == 0 ? 1 : 2 + n * 2);
      }
      found[n++] = object;
    }
    return n == found.length ? found : Arrays.copyOf(found, n);
  }

  /** The canonical names of headers that aren't broken, each once. */
  List<String> names(HeaderModel model) {
    BitSet types = new BitSet(JUNK);
    Set<String> others = Set.of();
    Scanner cursor = new Scanner(raw, 0, 0);
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int code = code(i);
      if (code == JUNK || types.get(code)) {
        continue;
      }
      splitAt(i);
      if (peek(i, model, cursor) == null) {
        continue;
      }
      if (code == EXTENSION) {
        if (others.isEmpty()) {
          others = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        }
        if (!others.add(name(i))) {
          continue;
        }
      } else {
        types.set(code);
      }
      names.add(name(i));
    }
    return names;
  }

  private SipHeader parse(int i, HeaderModel model, @Nullable Scanner cursor)
      throws ParseException {
    HeaderType type = type(i);
    int from = valueFrom(i);
    int to = valueTo(i);
    if (type != null) {
      Scanner in = cursor == null ? new Scanner(raw, from, to) : cursor.range(from, to);
      return HeaderParser.parse(type, in, model);
    }
    Scanner in = new Scanner(raw, from, to);
    return HeaderParser.parseExtension(name(i), in, model);
  }

  /** As {@link #peek}, for somebody who may change the object: the field is written anew. */
  @Nullable SipHeader touch(int i, HeaderModel model) {
    SipHeader object = peek(i, model);
    if (object != null) {
      touch(i);
    }
    return object;
  }

  private void touch(int i) {
    slots[i] |= TOUCHED;
    changed(code(i));
  }

  private void changed(int code) {
    touched = true;
    byObject |= bit(code);
  }

  // --- changing ---

  /** Puts an object in between, as a field of its own. */
  void insert(int i, SipHeader header) {
    open(i, 1);
    put(i, header);
  }

  private void rearranged(int code) {
    rearranged = true;
    changed(code);
  }

  /** Puts an object in the place of a field. */
  void replace(int i, SipHeader header) {
    rearranged(code(i));
    put(i, header);
  }

  private void put(int i, SipHeader header) {
    int code = code(HeaderType.of(header.getName()));
    slots[i] = TOUCHED | SINGLE | (long) code << CODE_SHIFT;
    keep(i, header);
    rearranged(code);
  }

  /** Takes a field out. */
  void remove(int i) {
    rearranged(code(i));
    System.arraycopy(slots, i + 1, slots, i, count - i - 1);
    if (objects != null) {
      System.arraycopy(objects, i + 1, objects, i, count - i - 1);
      objects[count - 1] = null;
    }
    count--;
  }

  /** Takes out all fields of a name at or after an index, in one pass however many they are. */
  void removeAll(String name, int from) {
    int kept = find(name, from);
    if (kept < 0) {
      return;
    }
    rearranged(code(kept));
    int next = kept;
    for (int i = kept; i < count; i++) {
      if (i == next) {
        next = find(name, i + 1);
        if (next < 0) {
          next = count;
        }
        continue;
      }
      slots[kept] = slots[i];
      if (objects != null) {
        objects[kept] = objects[i];
      }
      kept++;
    }
    if (objects != null) {
      Arrays.fill(objects, kept, count, null);
    }
    count = kept;
  }

  /** The index of the field that holds this very object, or -1. */
  @SuppressWarnings("ReferenceEquality") // two headers of a message may be equal
  int indexOf(SipHeader header) {
    for (int i = 0; objects != null && i < count; i++) {
      if (objects[i] == header) {
        return i;
      }
    }
    return -1;
  }

  /** The object of a field that somebody has got. */
  SipHeader object(int i) {
    SipHeader object = objectOrNull(i);
    if (object == null) {
      throw new AssertionError("a touched field has an object");
    }
    return object;
  }

  /** A copy that shares the raw bytes and nothing that can change. */
  @Override
  public HeaderFields clone() {
    try {
      rawShared = true;
      HeaderFields copy = (HeaderFields) super.clone();
      copy.start = start.clone();
      copy.slots = slots.clone();
      if (objects != null) {
        copy.objects = new @Nullable SipHeader[objects.length];
        for (int i = 0; i < count; i++) {
          SipHeader object = objects[i];
          copy.objects[i] = object == null || isRaw(i) ? null : object.clone();
        }
      }
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
