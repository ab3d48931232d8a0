package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.RawText;

/** Writes the header fields of a message: those that are raw as they came. */
final class FieldWriter {
  private FieldWriter() {}

  /**
   * Writes all fields with their line ends. Lines that stand side by side are copied at once.
   *
   * @param bodyLength what a Content-Length must say; one that says anything else is left out
   * @return whether there's a Content-Length
   */
  static boolean write(HeaderFields f, int bodyLength, ByteSink out) {
    byte[] raw = f.raw;
    boolean lengthWritten = false;
    int from = 0; // of the lines that are still to be copied
    int to = 0;
    for (int i = 0; i < f.count(); ) {
      if (f.type(i) == HeaderType.CONTENT_LENGTH) {
        if (!f.isRaw(i) || f.wholeNumber(i) != bodyLength) {
          i++;
          continue;
        }
        lengthWritten = true;
      }
      int line = f.line(i);
      int end = f.isWholeLine(i) ? RawText.lineEnd(raw, f.valueTo(i), f.rawLength) : 0;
      if (end > 0 && end > f.valueTo(i)) {
        if (line != to) {
          out.put(raw, from, to);
          from = line;
        }
        to = end;
        i++;
      } else {
        out.put(raw, from, to);
        from = to = 0;
        i = writeOne(f, i, out);
      }
    }
    out.put(raw, from, to);
    return lengthWritten;
  }

  /** Writes a field with its line end; those of the same line that follow are written with it. */
  private static int writeOne(HeaderFields f, int i, ByteSink out) {
    byte[] raw = f.raw;
    if (!f.isRaw(i)) {
      f.object(i).encode(out);
      return i + 1;
    }
    int line = f.line(i);
    int value = f.valueFrom(i);
    int name = RawText.firstValue(raw, line, value, f.code(i) == HeaderFields.JUNK);
    out.put(raw, line, name);
    out.put(raw, RawText.isSeparator(raw, name, value) ? name : value, f.valueTo(i));
    int last = i;
    while (last + 1 < f.count() && f.isRaw(last + 1) && f.line(last + 1) == line) {
      int gap = f.valueTo(last);
      int next = f.valueFrom(++last);
      if (RawText.isSeparator(raw, gap, next)) {
        out.put(raw, gap, f.valueTo(last));
      } else {
        out.put(',').put(' ').put(raw, next, f.valueTo(last));
      }
    }
    int end = f.valueTo(last);
    int eol = RawText.lineEnd(raw, end, f.rawLength);
    if (eol > end) {
      out.put(raw, end, eol);
    } else {
      out.crlf();
    }
    return last + 1;
  }
}
