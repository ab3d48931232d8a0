package io.sipwright.transport;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.testng.SkipException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** However a stream brings messages, whole, in pieces or many at once, they are the same. */
public class FramingOfMessagesTest {
  private static final Path OWN =
      Path.of("src/test/resources/io/sipwright/javax/sip/message/torture");

  /** What came out: messages, and the reason why nothing more will. */
  private static final class Log implements Framer.Sink {
    final List<String> heard = new ArrayList<>();
    final StreamFramer framer = new StreamFramer(1 << 16, 1 << 20, this);

    @Override
    public void onMessage(byte[] buffer, int offset, int length) {
      heard.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void onPing() {}

    @Override
    public void onBroken(byte[] buffer, int offset, int length, String reason) {
      heard.add("broken: " + reason);
    }

    /** Feeds a copy, as a reader that uses its buffer again. */
    Log feed(byte[] bytes, int from, int to) {
      byte[] piece = new byte[to - from + 2];
      System.arraycopy(bytes, from, piece, 1, to - from);
      framer.feed(piece, 1, to - from);
      java.util.Arrays.fill(piece, (byte) 'X');
      return this;
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new SkipException("there is no " + folder);
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*\\.(tsv|xml|dtd|md|ya?ml|gitattributes)"))
          .sorted()
          .toList();
    }
  }

  @DataProvider
  static Object[][] folders() {
    String shared = System.getProperty("sipwright.shared");
    Path corpus = Path.of(shared == null ? "shared" : shared, "corpus");
    return new Object[][] {
      {OWN, 40},
      {corpus.resolve("rfc4475"), 40},
      {corpus.resolve("rfc5118"), 20},
      {corpus.resolve("rfc-messages"), 500},
      {corpus.resolve("lioneagle"), 1},
      {corpus.resolve("nist-torture"), 60},
      {corpus.resolve("osip"), 30},
    };
  }

  @Test(dataProvider = "folders")
  public void a_message_is_the_same_however_it_is_cut(Path folder, int least) throws Exception {
    int messages = 0;
    for (Path file : files(folder)) {
      byte[] bytes = Files.readAllBytes(file);
      List<String> whole = new Log().feed(bytes, 0, bytes.length).heard;
      messages += whole.isEmpty() || whole.get(0).startsWith("broken") ? 0 : 1;
      Log single = new Log();
      for (int i = 0; i < bytes.length; i++) {
        single.feed(bytes, i, i + 1);
      }
      assertEquals(single.heard, whole, file + " byte by byte");
      for (int cut = 0; cut <= bytes.length; cut++) {
        List<String> two = new Log().feed(bytes, 0, cut).feed(bytes, cut, bytes.length).heard;
        assertEquals(two, whole, file + " cut at " + cut);
      }
    }
    assertTrue(messages >= least, messages + " messages");
  }

  @Test(dataProvider = "folders")
  public void a_hundred_messages_in_a_stream_are_each_the_same(Path folder, int least)
      throws Exception {
    List<String> alone = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    Random random = new Random(7);
    List<Path> files = files(folder);
    for (int i = 0; alone.size() < 100 && i < 1000; i++) {
      byte[] bytes = Files.readAllBytes(files.get(i % files.size()));
      Log log = new Log().feed(bytes, 0, bytes.length);
      if (log.heard.size() == 1
          && !log.framer.midMessage()
          && !log.heard.get(0).startsWith("bro")) {
        alone.addAll(log.heard);
        stream.write(log.heard.get(0).getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    byte[] all = stream.toByteArray();
    assertEquals(new Log().feed(all, 0, all.length).heard, alone);
    Log pieces = new Log();
    for (int from = 0; from < all.length; ) {
      int to = Math.min(all.length, from + 1 + random.nextInt(1500));
      pieces.feed(all, from, to);
      from = to;
    }
    assertEquals(pieces.heard, alone);
    assertTrue(alone.size() == 100 || least == 1, alone.size() + " messages");
  }
}
