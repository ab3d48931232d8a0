package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.RawText;
import org.jspecify.annotations.Nullable;

/**
 * Makes a response from the header fields of its request: what RFC 3261 §8.2.6.2 wants copied is
 * copied as bytes into one new array, which is indexed like that of a parsed message.
 */
final class ResponseWriter {
  private static final byte[] CONTENT_LENGTH = {
    'C', 'o', 'n', 't', 'e', 'n', 't', '-', 'L', 'e', 'n', 'g', 't', 'h', ':', ' ', '0', '\r', '\n'
  };

  /** Room in the index for headers that will be added: Contact, Content-Type, Server, Allow. */
  private static final int SPARE = 4;

  private static final int GUESS = 80;

  private ResponseWriter() {}

  /**
   * A response without body and, unless the request has one, without To tag.
   *
   * @param reads what was read of the request, as far as the bytes told it; null if it wasn't read
   */
  static SipMessage write(
      HeaderFields request,
      @Nullable QuickReads reads,
      int status,
      String reason,
      MessageModel model) {
    int copied = 0;
    int size = "SIP/2.0 200 \r\n\r\n".length() + reason.length() + CONTENT_LENGTH.length;
    for (int i = 0; i < request.count(); i++) {
      if (isCopied(request.type(i), status)) {
        copied++;
        size += request.hasSlice(i) ? length(request, i) : GUESS;
      }
    }
    ByteSink out = new ByteSink(size);
    out.put("SIP/2.0 ").put(status).put(' ');
    int phrase = out.length();
    out.put(reason);
    StartLine start = StartLine.response(status, phrase, out.length(), out.length() + 2, false);
    out.crlf();
    HeaderFields fields = new HeaderFields(copied + 1 + SPARE);
    for (int i = 0; i < request.count(); ) {
      i = isCopied(request.type(i), status) ? copy(request, i, out, fields, model) : i + 1;
    }
    putContentLength(out, fields, model);
    out.crlf();
    fields.raw = out.finish();
    fields.rawLength = fields.raw.length;
    fields.bodyFrom = fields.rawLength;
    SipMessage response = model.response();
    if (reads != null && isSharedBy(request)) {
      fields.readByObject(HeaderType.MAX_FORWARDS); // the one that's not copied
      response.adopt(model, start, fields, reads);
    } else {
      response.adopt(model, start, fields, null);
    }
    return response;
  }

  /** Whether what was read of the request is the same in the response: all is copied as bytes. */
  private static boolean isSharedBy(HeaderFields request) {
    for (int i = 0; i < QuickReads.TYPES.size(); i++) {
      HeaderType type = QuickReads.TYPES.get(i);
      if (type != HeaderType.MAX_FORWARDS && request.byObject(type)) {
        return false;
      }
    }
    return true;
  }

  private static int length(HeaderFields request, int i) {
    int line = request.line(i);
    int value = request.valueFrom(i);
    int name = RawText.firstValue(request.raw, line, value, false) - line;
    return name + request.valueTo(i) - value + 2;
  }

  private static void putContentLength(ByteSink out, HeaderFields fields, MessageModel model) {
    int line = out.length();
    if (line >= HeaderIndex.MAX_HEAD) {
      fields.insert(fields.count(), model.header(HeaderType.CONTENT_LENGTH)); // of 0
      return;
    }
    out.put(CONTENT_LENGTH, 0, CONTENT_LENGTH.length);
    int code = HeaderFields.code(HeaderType.CONTENT_LENGTH);
    fields.addRaw(code, line, out.length() - 3, out.length() - 2);
  }

  /** Copies a field, with those of the same line that follow; says which one is next. */
  private static int copy(
      HeaderFields request, int i, ByteSink out, HeaderFields fields, MessageModel model) {
    if (out.length() >= HeaderIndex.MAX_HEAD) {
      copyObject(request, i, fields, model);
      return i + 1;
    }
    if (request.isAsCame(i, model, out)) {
      return request.isWholeLine(i)
          ? copyLine(request, i, out, fields)
          : copyValues(request, i, out, fields, model);
    }
    ByteSink field = new ByteSink(GUESS);
    request.object(i).encode(field);
    if (field.length() >= HeaderIndex.MAX_LINE) {
      copyObject(request, i, fields, model);
      return i + 1;
    }
    int line = out.length();
    out.put(field.array(), 0, field.length());
    int value = line + request.name(i).length() + 2;
    fields.addRaw(request.code(i), line, value, out.length() - 2);
    return i + 1;
  }

  /** What has no room in the index; a malformed header is left out. */
  private static void copyObject(
      HeaderFields request, int i, HeaderFields fields, MessageModel model) {
    request.splitAt(i);
    SipHeader header = request.peek(i, model);
    if (header != null) {
      fields.insert(fields.count(), header.clone());
    }
  }

  private static int copyLine(HeaderFields request, int i, ByteSink out, HeaderFields fields) {
    int line = out.length();
    int from = request.valueFrom(i);
    out.put(request.raw, request.line(i), from);
    int value = out.length();
    out.put(request.raw, from, request.valueTo(i)).crlf();
    fields.addRaw(request.code(i), line, value, out.length() - 2);
    return i + 1;
  }

  /** The values of a line, what separates them included, as if it had never been split. */
  private static int copyValues(
      HeaderFields request, int i, ByteSink out, HeaderFields fields, MessageModel model) {
    byte[] raw = request.raw;
    int from = request.line(i);
    int line = out.length();
    int value = request.valueFrom(i);
    int name = RawText.firstValue(raw, from, value, false);
    out.put(raw, from, RawText.isSeparator(raw, name, value) ? value : name);
    int next = i;
    int end;
    do {
      value = request.valueFrom(next);
      end = request.valueTo(next);
      int copy = out.length();
      out.put(raw, value, end);
      fields.addValue(request.code(next), line, copy, out.length());
      next++;
      if (next == request.count() || !request.isBeside(next, from, model, out)) {
        break;
      }
      value = request.valueFrom(next);
      if (RawText.isSeparator(raw, end, value)) {
        out.put(raw, end, value);
      } else {
        out.put(',').put(' ');
      }
    } while (true);
    int separators = RawText.separatorsEnd(raw, end, request.rawLength);
    if (RawText.lineEnd(raw, separators, request.rawLength) > separators) {
      out.put(raw, end, separators);
    }
    out.crlf();
    return next;
  }

  private static boolean isCopied(@Nullable HeaderType type, int status) {
    if (type == null) {
      return false;
    }
    return switch (type) {
      case VIA, FROM, TO, CALL_ID, CSEQ -> true;
      case TIMESTAMP -> status == 100; // RFC 3261 §8.2.6.1
      case RECORD_ROUTE -> status > 100 && status < 300; // RFC 3261 §12.1.1
      default -> false;
    };
  }
}
