package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.RecognizedHeaders;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.RawText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the header fields of one message stand in the received bytes, in their order, and the
 * header objects of those that were read.
 *
 * <p>Each field takes one number, from its lowest bit: where its line starts (21 bits), how far
 * from there the value starts and ends (16 bits each), type code (8 bits), flags. A field that
 * never was on the wire has only the code and flags.
 */
abstract class HeaderIndex implements Cloneable {
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
  static final int CODE_SHIFT = 53;
  private static final long CODE_MASK = 0xffL << CODE_SHIFT;
  static final long TOUCHED = 1L << 61;
  static final long BROKEN = 1L << 62;
  static final long SINGLE = 1L << 63;

  private static final HeaderType[] TYPES = HeaderType.values();
  private static final byte[] NOTHING = {};

  /** The received bytes; what counts ends at {@link #rawLength}. */
  byte[] raw = NOTHING;

  int rawLength;

  /** Where the body starts in the raw bytes. */
  int bodyFrom;

  /** Whether somebody else holds the array, so that it must not be changed any more. */
  boolean rawShared;

  long[] slots;
  @Nullable SipHeader @Nullable [] objects;
  int count;

  /** No fields yet. */
  HeaderIndex(int capacity) {
    slots = new long[capacity];
  }

  /** The type code of a known header; that of all others for null. */
  @SuppressWarnings("EnumOrdinal") // an index into a table made from the same enum, never stored
  static int code(@Nullable HeaderType type) {
    return type == null ? EXTENSION : type.ordinal();
  }

  int count() {
    return count;
  }

  /** Appends a slice of the raw bytes. */
  void addRaw(int code, int line, int value, int end) {
    if (line >= MAX_HEAD || end - line >= MAX_LINE) {
      throw new IllegalArgumentException("headers over 2 MiB, or a line over 64 KiB");
    }
    reserve(1);
    slots[count++] = slot(code, line, value, end);
  }

  /** Appends one of several values of a line. */
  void addValue(int code, int line, int value, int end) {
    addRaw(code, line, value, end);
    slots[count - 1] |= SINGLE;
  }

  static long slot(int code, int line, int value, int end) {
    return (long) code << CODE_SHIFT
        | (long) (end - line) << END_SHIFT
        | (long) (value - line) << VALUE_SHIFT
        | line;
  }

  /** Makes room for more fields. */
  private void reserve(int more) {
    int needed = count + more;
    if (needed <= slots.length) {
      return;
    }
    int capacity = Math.max(needed + 4, count + count / 2);
    slots = Arrays.copyOf(slots, capacity);
    if (objects != null) {
      objects = Arrays.copyOf(objects, capacity);
    }
  }

  /** Makes a gap of some fields at an index, to be filled. */
  final void open(int i, int gap) {
    reserve(gap);
    System.arraycopy(slots, i, slots, i + gap, count - i);
    if (objects != null) {
      System.arraycopy(objects, i, objects, i + gap, count - i);
      Arrays.fill(objects, i, Math.min(i + gap, count), null);
    }
    count += gap;
  }

  /** The object of a field, null if it wasn't read. */
  final @Nullable SipHeader objectOrNull(int i) {
    return objects == null ? null : objects[i];
  }

  /** Keeps an object as that of a field. */
  final void keep(int i, SipHeader object) {
    if (objects == null) {
      objects = new @Nullable SipHeader[slots.length];
    }
    objects[i] = object;
  }

  int code(int i) {
    return (int) (slots[i] >>> CODE_SHIFT) & 0xff;
  }

  /** The type of a known header, null for others. */
  @Nullable HeaderType type(int i) {
    int code = code(i);
    return code < TYPES.length ? TYPES[code] : null;
  }

  /** Whether nobody who could change its object has got it: what's sent is its slice. */
  boolean isRaw(int i) {
    return (slots[i] & TOUCHED) == 0;
  }

  /** Whether a field has a slice of the raw bytes, as one that a program has put in has none. */
  boolean hasSlice(int i) {
    return ((slots[i] >>> END_SHIFT) & OFFSET_MASK) != 0;
  }

  /** Whether a field that has a slice is all that stands in its line, or was not split yet. */
  boolean isWholeLine(int i) {
    return (slots[i] & SINGLE) == 0;
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
    SipHeader object = objectOrNull(i);
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

  // --- finding ---

  /** The first field of a type at or after an index, or -1. */
  int find(HeaderType type, int from) {
    long[] all = slots;
    long code = (long) code(type) << CODE_SHIFT;
    for (int i = from; i < count; i++) {
      if ((all[i] & CODE_MASK) == code) {
        return i;
      }
    }
    return -1;
  }

  /** The first field of a name at or after an index, or -1; compact names find theirs too. */
  int find(String name, int from) {
    return find(HeaderType.of(name), name, from);
  }

  /** As {@link #find(HeaderType, int)}, or by the name if it's of no known type. */
  int find(@Nullable HeaderType type, String name, int from) {
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
    SipHeader object = objectOrNull(i);
    return object != null
        ? object.getName().equalsIgnoreCase(name)
        : RawText.sameIgnoringCase(raw, line(i), nameTo(i), name);
  }

  /** The last field of a name, or -1. */
  int findLast(String name) {
    HeaderType type = HeaderType.of(name);
    int last = -1;
    for (int i = find(type, name, 0); i >= 0; i = find(type, name, i + 1)) {
      last = i;
    }
    return last;
  }

  /** The text of a raw field as it stands, without its line end. */
  String text(int i) {
    return RawText.field(raw, line(i), valueFrom(i), valueTo(i), code(i) == JUNK);
  }

  /** The value of a raw field as a number; -1 if it's none. */
  int wholeNumber(int i) {
    return QuickReads.wholeNumber(raw, valueFrom(i), valueTo(i), Integer.MAX_VALUE);
  }

  // --- the raw bytes ---

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
}
