package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.RawText;

/** Writes the header fields of a message: those that nobody has changed as they came. */
final class FieldWriter {
  private FieldWriter() {}

  /**
   * Writes all fields with their line ends. Lines that stand side by side are copied at once.
   *
   * @param bodyLength what a Content-Length must say; one that says anything else is left out
   * @return whether there's a Content-Length
   */
  static boolean write(HeaderFields f, int bodyLength, ByteSink out, HeaderModel model) {
    byte[] raw = f.raw;
    boolean lengthWritten = false;
    int from = 0; // of the lines that are still to be copied
    int to = 0;
    for (int i = 0; i < f.count(); ) {
      boolean asCame = f.isAsCame(i, model, out);
      if (f.type(i) == HeaderType.CONTENT_LENGTH) {
        if (!asCame || f.wholeNumber(i) != bodyLength) {
          i++;
          continue;
        }
        lengthWritten = true;
      }
      int line = f.line(i);
      int end = asCame && f.isWholeLine(i) ? RawText.lineEnd(raw, f.valueTo(i), f.rawLength) : 0;
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
        if (asCame) {
          i = writeValues(f, i, out, model);
        } else {
          f.object(i++).encode(out);
        }
      }
    }
    out.put(raw, from, to);
    return lengthWritten;
  }

  /** Writes a field with its line end; those of the same line that follow are written with it. */
  private static int writeValues(HeaderFields f, int i, ByteSink out, HeaderModel model) {
    byte[] raw = f.raw;
    int line = f.line(i);
    int value = f.valueFrom(i);
    int name = RawText.firstValue(raw, line, value, f.code(i) == HeaderFields.JUNK);
    out.put(raw, line, name);
    out.put(raw, RawText.isSeparator(raw, name, value) ? name : value, f.valueTo(i));
    int last = i;
    while (last + 1 < f.count() && f.isBeside(last + 1, line, model, out)) {
      int gap = f.valueTo(last);
      int next = f.valueFrom(++last);
      if (RawText.isSeparator(raw, gap, next)) {
        out.put(raw, gap, f.valueTo(last));
      } else {
        out.put(',').put(' ').put(raw, next, f.valueTo(last));
      }
    }
    int end = f.valueTo(last);
    int separators = RawText.separatorsEnd(raw, end, f.rawLength);
    int eol = RawText.lineEnd(raw, separators, f.rawLength);
    if (eol > separators) {
      out.put(raw, end, eol);
    } else {
      out.crlf();
    }
    return last + 1;
  }
}
