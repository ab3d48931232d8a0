package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.testng.SkipException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Whatever value comes: it's read or refused with a {@link ParseException}, and what was read is
 * written as one line that reads as the same header.
 */
public class HeaderRoundTripTest {
  private static final class Field {
    final HeaderType type;
    final byte[] value;

    Field(HeaderType type, byte[] value) {
      this.type = type;
      this.value = value;
    }
  }

  @DataProvider
  static Object[][] corpora() {
    return new Object[][] {
      {"rfc4475"}, {"rfc5118"}, {"rfc-messages"}, {"advisory-messages"}, {"lioneagle"},
      {"nist-torture"}, {"osip"}, {"pjsip-seeds"}, {"php-sip-flows"}, {"gb28181"},
      {"protos-c07-sip"},
    };
  }

  @Test(dataProvider = "corpora")
  public void header_of_a_collected_message_reads_the_same_once_written(String corpus)
      throws IOException {
    int read = 0;
    for (Field field : fields(corpus)) {
      read += roundTrip(field.type, field.value);
    }
    assertTrue(read > 0, "some headers were read");
  }

  @Test
  public void header_with_random_damage_reads_the_same_once_written_or_is_refused()
      throws IOException {
    Random random = new Random(20);
    List<Field> fields = fields("rfc4475");
    String specials = "\r\n\t \0\"\\<>;,=?*()[]:@/%&'.09aZ\u007f";
    for (int round = 0; round < 10; round++) {
      for (Field field : fields) {
        byte[] value = field.value.clone();
        for (int i = random.nextInt(4); i >= 0 && value.length > 0; i--) {
          int c =
              random.nextInt(8) == 0
                  ? random.nextInt(256)
                  : specials.charAt(random.nextInt(specials.length()));
          value[random.nextInt(value.length)] = (byte) c;
        }
        roundTrip(field.type, value);
      }
    }
  }

  /** Gives how many headers could be read. */
  private static int roundTrip(HeaderType type, byte[] value) {
    List<SipHeader> headers;
    try {
      headers = HeaderParser.parseList(type, value, 0, value.length, HeaderModel.DEFAULT);
    } catch (ParseException refused) {
      assertTrue(
          refused.getErrorOffset() >= 0 && refused.getErrorOffset() <= value.length,
          type + ": " + refused.getMessage());
      return 0;
    }
    for (SipHeader header : headers) {
      String written = header.getValue();
      String shown = type + ": " + new String(value, StandardCharsets.UTF_8) + " -> " + written;
      assertTrue(written.indexOf('\r') < 0 && written.indexOf('\n') < 0, shown);
      try {
        SipHeader again = HeaderParser.parse(type.canonicalName(), written, HeaderModel.DEFAULT);
        assertEquals(again.getValue(), written, shown);
        assertEquals(again, header, shown);
        assertEquals(again.hashCode(), header.hashCode(), shown);
        assertEquals(header.clone(), header, shown);
      } catch (ParseException e) {
        throw new AssertionError(shown, e);
      }
    }
    return headers.size();
  }

  /** The known header fields of all messages of a corpus, as they stand, folds included. */
  private static List<Field> fields(String corpus) throws IOException {
    Path directory = Path.of(System.getProperty("sipwright.shared", "../shared"), "corpus", corpus);
    if (!Files.isDirectory(directory)) {
      throw new SkipException("no " + directory);
    }
    List<Field> fields = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        addFields(Files.readAllBytes(file), fields);
      }
    }
    return fields;
  }

  private static void addFields(byte[] message, List<Field> fields) {
    int at = 0;
    while (at < message.length) {
      int end = at;
      while (end < message.length
          && (message[end] != '\n'
              || (end + 1 < message.length
                  && (message[end + 1] == ' ' || message[end + 1] == '\t')))) {
        end++;
      }
      int colon = at;
      while (colon < end && message[colon] != ':') {
        colon++;
      }
      String name = new String(message, at, colon - at, StandardCharsets.ISO_8859_1).trim();
      HeaderType type = HeaderType.of(name);
      if (colon < end && type != null) {
        fields.add(new Field(type, Arrays.copyOfRange(message, colon + 1, end)));
      }
      at = end + 1;
    }
  }
}
