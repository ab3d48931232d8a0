package io.sipwright.bench;

import io.sipwright.javax.sip.message.Malformed;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.Parsed;
import io.sipwright.javax.sip.message.SipMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long each message of a collection takes to be read, with all its headers, and written: {@code
 * CorpusTimes FOLDER} prints the slowest ones and what became of all.
 */
public final class CorpusTimes {
  private static final int SHOWN = 10;
  private static final int ROUNDS = 3;

  private CorpusTimes() {}

  private record Row(Path file, int bytes, long nanos) {}

  /** The folder's files are read, each three times after all were read once; the best counts. */
  public static void main(String[] args) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of(args[0]))) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    MessageParser parser = new MessageParser();
    int taken = 0;
    for (Path file : files) {
      taken += run(parser, Files.readAllBytes(file)) ? 1 : 0;
    }
    List<Row> rows = new ArrayList<>();
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      long best = Long.MAX_VALUE;
      for (int i = 0; i < ROUNDS; i++) {
        long start = System.nanoTime();
        run(parser, bytes);
        best = Math.min(best, System.nanoTime() - start);
      }
      rows.add(new Row(file, bytes.length, best));
    }
    System.out.printf(
        Locale.ROOT, "%d files: %d taken, %d refused%n", files.size(), taken, files.size() - taken);
    rows.sort(Comparator.comparingLong(Row::nanos).reversed());
    for (Row row : rows.subList(0, Math.min(SHOWN, rows.size()))) {
      System.out.printf(
          Locale.ROOT, "%8.3f ms %8d bytes  %s%n", row.nanos / 1e6, row.bytes, row.file);
    }
  }

  /** Whether the message was taken. */
  private static boolean run(MessageParser parser, byte[] bytes) {
    Parsed parsed = parser.parse(bytes);
    if (parsed instanceof Malformed malformed) {
      malformed.createResponse(MessageModel.DEFAULT);
      return false;
    }
    SipMessage message = (SipMessage) parsed;
    message.getHeaderNames();
    if (message.isRequest()) {
      message.createResponse(500).encoded();
    }
    message.clone().encoded();
    return true;
  }
}
