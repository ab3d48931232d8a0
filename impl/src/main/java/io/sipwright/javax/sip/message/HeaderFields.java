package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.RecognizedHeaders;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of one message in their order: slices of the received bytes, or header objects.
 *
 * <p>A field is <em>raw</em> while its bytes are what will be sent: it may have been parsed for
 * reading, but nobody who could change the object has got it. A line with several values between
 * commas is one field until one of them is asked for; then it's split into a field per value, which
 * are written back in one line as long as they're raw and side by side.
 *
 * <p>Each field takes one number, from its lowest bit: where its line starts (21 bits), how far
 * from there the value starts and ends (16 bits each), type code (8 bits), flags. A field that
 * never was on the wire has only the code and flags.
 */
final class HeaderFields implements Cloneable {
  /** Longest line, exclusive. */
  static final int MAX_LINE = 1 << 16;

  /** Where the last line must start, exclusive. */
  static final int MAX_HEAD = 1 << 21;

  /** Type code of a named header that's not in the table of known headers. */
  static final int EXTENSION = 255;

  /** Type code of a line without colon or without a name. */
  static final int JUNK = 254;

  private static final int LINE_MASK = MAX_HEAD - 1;
  private static final int OFFSET_MASK = MAX_LINE - 1;
  private static final int VALUE_SHIFT = 21;
  private static final int END_SHIFT = 37;
  private static final int CODE_SHIFT = 53;
  private static final long TOUCHED = 1L << 61;
  private static final long BROKEN = 1L << 62;
  private static final long SINGLE = 1L << 63;

  private static final HeaderType[] TYPES = HeaderType.values();
  private static final byte[] NOTHING = {};

  /** The received bytes; what counts ends at {@link #rawLength}. */
  byte[] raw = NOTHING;

  int rawLength;

  /** Where the body starts in the raw bytes. */
  int bodyFrom;

  /** Whether somebody else holds the array, so that it must not be changed any more. */
  boolean rawShared;

  /** Whether anything differs from the raw bytes. */
  boolean touched;

  /** What stands before them; there once they're a message's. */
  @SuppressWarnings("NullAway.Init")
  StartLine start;

  /**
   * A bit per header type: whether what quick reads want of it is to be had only from the object.
   */
  private long byObject;

  private long[] slots;
  private @Nullable SipHeader @Nullable [] objects;
  private int count;

  /** No fields yet. */
  HeaderFields(int capacity) {
    slots = new long[capacity];
  }

  /** The bit of a type in the mask of quick reads. */
  static long bit(HeaderType type) {
    return bit(code(type));
  }

  private static long bit(int code) {
    return 1L << Math.min(code, 63);
  }

  /** The type code of a known header; that of all others for null. */
  @SuppressWarnings("EnumOrdinal") // an index into a table made from the same enum, never stored
  static int code(@Nullable HeaderType type) {
    return type == null ? EXTENSION : type.ordinal();
  }

  int count() {
    return count;
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

  /** Appends a slice of the raw bytes. */
  void addRaw(int code, int line, int value, int end) {
    if (line >= MAX_HEAD || end - line >= MAX_LINE) {
      throw new IllegalArgumentException("headers over 2 MiB, or a line over 64 KiB");
    }
    if (count == slots.length) {
      grow();
    }
    slots[count++] = slot(code, line, value, end);
  }

  private static long slot(int code, int line, int value, int end) {
    return (long) code << CODE_SHIFT
        | (long) (end - line) << END_SHIFT
        | (long) (value - line) << VALUE_SHIFT
        | line;
  }

  private void grow() {
    int capacity = Math.max(8, count * 2);
    slots = Arrays.copyOf(slots, capacity);
    if (objects != null) {
      objects = Arrays.copyOf(objects, capacity);
    }
  }

  int code(int i) {
    return (int) (slots[i] >>> CODE_SHIFT) & 0xff;
  }

  /** The type of a known header, null for others. */
  @Nullable HeaderType type(int i) {
    int code = code(i);
    return code < TYPES.length ? TYPES[code] : null;
  }

  /** Whether what will be sent of a field is its slice of the raw bytes. */
  boolean isRaw(int i) {
    return (slots[i] & TOUCHED) == 0;
  }

  /** Where the line of a raw field starts. */
  int line(int i) {
    return (int) slots[i] & LINE_MASK;
  }

  int valueFrom(int i) {
    return line(i) + ((int) (slots[i] >>> VALUE_SHIFT) & OFFSET_MASK);
  }

  /** Where the value ends; white space before it may still belong to it. */
  int valueTo(int i) {
    return line(i) + ((int) (slots[i] >>> END_SHIFT) & OFFSET_MASK);
  }

  /** The canonical name; for a line without name {@code ""}. */
  String name(int i) {
    HeaderType type = type(i);
    if (type != null) {
      return type.canonicalName();
    }
    SipHeader object = objects == null ? null : objects[i];
    if (object != null) {
      return object.getName();
    }
    int from = line(i);
    String name = new String(raw, from, nameTo(i) - from, StandardCharsets.UTF_8);
    return RecognizedHeaders.canonicalName(name);
  }

  private int nameTo(int i) {
    int from = line(i);
    return code(i) == JUNK ? from : RawText.tokenEnd(raw, from, valueFrom(i));
  }

  // --- the raw bytes as a whole ---

  /** Whether the raw bytes are what will be sent of start line and headers. */
  boolean isUntouched() {
    return !touched && start.isRaw();
  }

  /** The raw bytes in an array of their length, which nobody may change. */
  byte[] exactBytes() {
    if (raw.length != rawLength) {
      raw = Arrays.copyOf(raw, rawLength);
    }
    rawShared = true;
    return raw;
  }

  // --- finding ---

  /** The first field of a type at or after an index, or -1. */
  int find(HeaderType type, int from) {
    int code = code(type);
    for (int i = from; i < count; i++) {
      if (code(i) == code) {
        return i;
      }
    }
    return -1;
  }

  /** The first field of a name at or after an index, or -1; compact names find theirs too. */
  int find(String name, int from) {
    HeaderType type = HeaderType.of(name);
    if (type != null) {
      return find(type, from);
    }
    for (int i = from; i < count; i++) {
      if (code(i) == EXTENSION && isNamed(i, name)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isNamed(int i, String name) {
    SipHeader object = objects == null ? null : objects[i];
    return object != null
        ? object.getName().equalsIgnoreCase(name)
        : RawText.sameIgnoringCase(raw, line(i), nameTo(i), name);
  }

  /** The last field of a name, or -1. */
  int findLast(String name) {
    int last = -1;
    for (int i = find(name, 0); i >= 0; i = find(name, i + 1)) {
      last = i;
    }
    return last;
  }

  // --- objects ---

  /** Makes one field of each value, for all fields of a type that may hold several. */
  void split(HeaderType type) {
    if (type.shape() != HeaderType.Shape.LIST) {
      return;
    }
    for (int i = find(type, 0); i >= 0; i = find(type, i + 1)) {
      if ((slots[i] & (TOUCHED | SINGLE)) == 0) {
        boolean quotes = type != HeaderType.IN_REPLY_TO; // its values may hold a lone quote
        i = splitField(i, code(type), quotes);
      }
    }
  }

  /** As {@link #split(HeaderType)}, for a name that's among the recognized lists. */
  void split(String name) {
    if (!RecognizedHeaders.is(name, HeaderType.Shape.LIST)) {
      return;
    }
    for (int i = find(name, 0); i >= 0; i = find(name, i + 1)) {
      if ((slots[i] & (TOUCHED | SINGLE)) == 0) {
        i = splitField(i, EXTENSION, true);
      }
    }
  }

  private int splitField(int at, int code, boolean quotes) {
    int line = line(at);
    int end = valueTo(at);
    int from = RawText.skipEmptyElements(raw, valueFrom(at), end);
    if (from == end) {
      slots[at] |= SINGLE;
      return at;
    }
    int i = at;
    while (true) {
      int comma = RawText.elementEnd(raw, from, end, quotes);
      int next = RawText.skipEmptyElements(raw, comma, end);
      int to = next == end && comma == end ? end : RawText.trimEnd(raw, from, comma);
      slots[i] = SINGLE | slot(code, line, from, to);
      if (next == end) {
        return i;
      }
      open(++i);
      from = next;
    }
  }

  /**
   * The header object of a field, parsed if need be, for reading only; null if it breaks its
   * grammar.
   */
  @Nullable SipHeader peek(int i, HeaderModel model) {
    SipHeader object = objects == null ? null : objects[i];
    if (object != null || (slots[i] & BROKEN) != 0) {
      return object;
    }
    try {
      object = parse(i, model);
    } catch (ParseException e) {
      slots[i] |= BROKEN;
      return null;
    }
    if (objects == null) {
      objects = new @Nullable SipHeader[slots.length];
    }
    objects[i] = object;
    return object;
  }

  /**
   * The first header object of a type that's not broken, for reading only; null if there's none.
   */
  @Nullable SipHeader peekFirst(HeaderType type, HeaderModel model) {
    split(type);
    for (int i = find(type, 0); i >= 0; i = find(type, i + 1)) {
      SipHeader object = peek(i, model);
      if (object != null) {
        return object;
      }
    }
    return null;
  }

  private SipHeader parse(int i, HeaderModel model) throws ParseException {
    HeaderType type = type(i);
    int from = valueFrom(i);
    int to = valueTo(i);
    return type != null
        ? HeaderParser.parse(type, raw, from, to, model)
        : HeaderParser.parse(
            name(i), new String(raw, from, to - from, StandardCharsets.UTF_8), model);
  }

  /** As {@link #peek}, for somebody who may change the object: the field is written anew. */
  @Nullable SipHeader touch(int i, HeaderModel model) {
    SipHeader object = peek(i, model);
    if (object != null) {
      int code = code(i);
      slots[i] |= TOUCHED;
      changed(code);
    }
    return object;
  }

  private void changed(int code) {
    touched = true;
    byObject |= bit(code);
  }

  /** The text of a raw field as it stands, without its line end. */
  String text(int i) {
    return RawText.field(raw, line(i), valueFrom(i), valueTo(i), code(i) == JUNK);
  }

  /** The value of a raw field as a number; -1 if it's none. */
  int wholeNumber(int i) {
    return QuickReads.wholeNumber(raw, valueFrom(i), valueTo(i), Integer.MAX_VALUE);
  }

  // --- changing ---

  private void open(int i) {
    if (count == slots.length) {
      grow();
    }
    System.arraycopy(slots, i, slots, i + 1, count - i);
    if (objects != null) {
      System.arraycopy(objects, i, objects, i + 1, count - i);
      objects[i] = null;
    }
    count++;
  }

  /** Puts an object in between, as a field of its own. */
  void insert(int i, SipHeader header) {
    open(i);
    put(i, header);
  }

  /** Puts an object in the place of a field. */
  void replace(int i, SipHeader header) {
    changed(code(i));
    put(i, header);
  }

  private void put(int i, SipHeader header) {
    int code = code(HeaderType.of(header.getName()));
    slots[i] = TOUCHED | SINGLE | (long) code << CODE_SHIFT;
    if (objects == null) {
      objects = new @Nullable SipHeader[slots.length];
    }
    objects[i] = header;
    changed(code);
  }

  /** Takes a field out. */
  void remove(int i) {
    changed(code(i));
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
    changed(code(kept));
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

  /** Puts bytes into the raw ones in place of others, and moves all that's behind them. */
  void splice(int from, int to, ByteSink text) {
    int shift = text.length() - (to - from);
    byte[] target = raw;
    if (rawShared || rawLength + shift > raw.length) {
      target = new byte[rawLength + shift];
      System.arraycopy(raw, 0, target, 0, from);
      rawShared = false;
    }
    System.arraycopy(raw, to, target, to + shift, rawLength - to);
    System.arraycopy(text.array(), 0, target, from, text.length());
    raw = target;
    rawLength += shift;
    bodyFrom += shift;
    for (int i = 0; i < count; i++) {
      int line = line(i);
      if (line > from) {
        slots[i] += shift; // the lowest bits are the start of the line
      } else if (isRaw(i) && from <= valueTo(i)) {
        slots[i] = widened(i, from, to, shift);
        if (objects != null) {
          objects[i] = null; // it was read before
        }
      }
    }
  }

  /** The slot of a field in whose line bytes were put. */
  private long widened(int i, int from, int to, int shift) {
    int value = valueFrom(i);
    int end = valueTo(i);
    return (slots[i] & (BROKEN | SINGLE))
        | slot(
            code(i), line(i), value > from ? value + shift : value, end >= to ? end + shift : end);
  }

  // --- writing ---

  /** Writes a field with its line end; those of the same line that follow are written with it. */
  int encode(int i, ByteSink out) {
    if (!isRaw(i)) {
      object(i).encode(out);
      return i + 1;
    }
    int line = line(i);
    int value = valueFrom(i);
    int name = RawText.firstValue(raw, line, value, code(i) == JUNK);
    out.put(raw, line, name);
    out.put(raw, RawText.isSeparator(raw, name, value) ? name : value, valueTo(i));
    int last = i;
    while (last + 1 < count && isRaw(last + 1) && line(last + 1) == line) {
      int gap = valueTo(last);
      int next = valueFrom(++last);
      if (RawText.isSeparator(raw, gap, next)) {
        out.put(raw, gap, valueTo(last));
      } else {
        out.put(',').put(' ').put(raw, next, valueTo(last));
      }
    }
    int end = valueTo(last);
    int eol = RawText.lineEnd(raw, end, rawLength);
    if (eol > end) {
      out.put(raw, end, eol);
    } else {
      out.crlf();
    }
    return last + 1;
  }

  /** The object of a field that's not raw. */
  SipHeader object(int i) {
    SipHeader object = objects == null ? null : objects[i];
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
