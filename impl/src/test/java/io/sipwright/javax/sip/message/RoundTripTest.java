package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import javax.sip.header.Header;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * What is read is written, and what nobody touched keeps its bytes: our own set, and all others.
 */
public class RoundTripTest {
  /** For what grows by being written anew. */
  private static final MessageParser ROOMY =
      new MessageParser(MessageModel.DEFAULT, new Limits(1 << 21, 2048, 63_000, 2048), false);

  private static final MessageParser PARSER = new MessageParser();

  @DataProvider
  static Object[][] folders() {
    return new Object[][] {
      {"rfc-messages"},
      {"osip"},
      {"nist-torture"},
      {"lioneagle"},
      {"gb28181"},
      {"pjsip-seeds"},
      {"sipgo-fuzz"},
      {"advisory-messages"},
      {"php-sip-flows"},
      {"rfc4475"},
      {"rfc5118"},
      {"protos-c07-sip"},
    };
  }

  @Test(dataProvider = "folders")
  public void messages_of_others_go_round(String folder) {
    for (Path file : Corpus.shared(folder)) {
      check(file.toString(), Corpus.read(file), folder.startsWith("protos"));
    }
  }

  @Test
  public void messages_of_flows_go_round() {
    int messages = 0;
    int taken = 0;
    for (Path file : Corpus.sharedFlows("php-sip-flows")) {
      List<byte[]> flow = Corpus.flow(file);
      assertTrue(!flow.isEmpty(), file + " has no message");
      for (byte[] message : flow) {
        messages++;
        taken += check(file + " " + messages, message, false) ? 1 : 0;
      }
    }
    assertEquals(messages, 254);
    assertTrue(taken >= 243, taken + " were taken");
  }

  @Test
  public void our_own_messages_go_round() {
    int taken = 0;
    for (String[] row : Corpus.own()) {
      taken += check(row[0], Corpus.own(row[0]), false) ? 1 : 0;
    }
    assertTrue(taken > 50, taken + " were taken");
  }

  private static boolean check(String name, byte[] bytes, boolean quick) {
    if (!(PARSER.parse(bytes) instanceof SipMessage message)) {
      return false;
    }
    try {
      checkUntouched(message);
      checkTouched(message, quick);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(name + ": " + e.getMessage(), e);
    }
    return true;
  }

  /** Parse, encode, parse: equal; encode: the same bytes again. */
  private static void checkUntouched(SipMessage message) {
    byte[] once = message.encoded();
    SipMessage again = (SipMessage) PARSER.parse(once);
    assertEquals(again, message);
    assertEquals(again.encoded(), once);
  }

  /** Each header in turn is replaced by its copy, and so written anew. */
  private static void checkTouched(SipMessage message, boolean quick) {
    List<String> names = new ArrayList<>();
    message.clone().getHeaderNames().forEachRemaining(name -> names.add((String) name));
    List<String> before = lines(message.encoded());
    byte[] body = message.copyOfBody();
    for (int i = 0; i < names.size(); i += quick ? 3 : 1) {
      String name = names.get(i);
      SipMessage copy = message.clone();
      replace(copy, name);
      byte[] written = copy.encoded();
      assertEquals(others(lines(written), name), others(before, name), name);
      SipMessage read = (SipMessage) ROOMY.parse(written);
      assertEquals(read.copyOfBody(), body);
      assertEquals(read.getHeader(name), copy.getHeader(name), name);
      SipMessage anew = (SipMessage) ROOMY.parse(written);
      replace(anew, name);
      assertEquals(anew.encoded(), written, "written twice the same: " + name);
    }
  }

  private static void replace(SipMessage message, String name) {
    for (ListIterator<Header> it = message.getHeaders(name); it.hasNext(); ) {
      it.set((Header) it.next().clone());
    }
  }

  /** The header lines with their folds, start line left out. */
  private static List<String> lines(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    String head = text.split("(?<=\n)\r?\n", 2)[0];
    List<String> lines = new ArrayList<>(List.of(head.split("(?<=\n)(?![ \t])")));
    return lines.subList(1, lines.size());
  }

  /** Those of other names; Content-Length may have been added. */
  private static List<String> others(List<String> lines, String name) {
    HeaderType type = HeaderType.of(name);
    List<String> others = new ArrayList<>();
    for (String line : lines) {
      int colon = Math.max(0, line.indexOf(':'));
      String found = line.substring(0, colon).strip();
      HeaderType foundType = HeaderType.of(found);
      boolean same = type != null ? type == foundType : found.equalsIgnoreCase(name);
      if (!same && foundType != HeaderType.CONTENT_LENGTH) {
        others.add(line.strip().toLowerCase(Locale.ROOT).isEmpty() ? "" : line);
      }
    }
    return others;
  }
}
