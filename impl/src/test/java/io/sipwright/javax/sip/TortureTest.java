package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.testng.SkipException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The torture messages of RFC 4475 and RFC 5118, thrown at a running stack. */
public class TortureTest {
  private static final List<String> FOLDERS =
      List.of("rfc4475", "rfc5118/crlf-cl", "rfc5118/crlf", "rfc5118/lf");

  @DataProvider
  public Object[][] messages() throws IOException {
    Path corpus = Path.of(System.getProperty("sipwright.shared", "../../shared"), "corpus");
    List<Object[]> rows = new ArrayList<>();
    for (String folder : FOLDERS) {
      if (Files.isDirectory(corpus.resolve(folder))) {
        try (DirectoryStream<Path> files =
            Files.newDirectoryStream(corpus.resolve(folder), "*.dat")) {
          for (Path file : files) {
            rows.add(new Object[] {folder + "/" + file.getFileName(), file});
          }
        }
      }
    }
    return rows.isEmpty() ? new Object[][] {{"none", null}} : rows.toArray(new Object[0][]);
  }

  @Test(dataProvider = "messages")
  public void a_torture_message_does_no_harm(String name, Path file) throws Exception {
    if (file == null) {
      throw new SkipException("The corpus is not here");
    }
    byte[] message = Files.readAllBytes(file);
    for (String transport : List.of("udp", "tcp")) {
      try (Calls calls = new Calls()) {
        Party bob = calls.party("bob");
        for (String method : List.of("INVITE", "OPTIONS", "REGISTER", "MESSAGE")) {
          bob.answering(method, 200);
        }
        WireEnd end = calls.wireEnd("end", transport);
        end.sendBytes("bob", message);
        calls.run(40_000);
        bob.failures().clear(); // a program may fail to answer some of them
        for (String answer : end.got) {
          assertFalse(answer.contains("ACK\r\n") && answer.startsWith("SIP/2.0"), answer);
        }
        WireEnd other = calls.wireEnd("other", transport);
        other.send(
            "bob",
            WireEnd.request("OPTIONS", "bob", 1)
                .replace(
                    "SIP/2.0/UDP 10.0.0.99",
                    "SIP/2.0/" + transport.toUpperCase(java.util.Locale.ROOT) + " 10.0.0.3"));
        calls.run(1000);
        assertEquals(other.heard(), List.of("200 OPTIONS"), name + " over " + transport);
      }
    }
  }
}
