package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sip.message.Message;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Any number of threads that read a message nobody changes read what one alone would, each the same
 * objects, while the stack makes it forget what it has only peeked at.
 */
public class ConcurrentReadingTest {
  private static final int READERS = 2;
  private static final long BUDGET = TimeUnit.MILLISECONDS.toNanos(300);
  private static final int LEAST_ROUNDS = 5;
  private static final int BATCH = 50;

  /** Lists that are split, headers that need objects, odd spellings, a body. */
  private static final String INVITE =
      Texts.INVITE
              .replace("Content-Length: 0", "Content-Type: text/plain\r\nContent-Length: 4")
              .replace("X-Odd:", "Date: yesterday\r\nAllow: A,B ,C\r\nSupported: x,, y\r\nX-Odd:")
              .replace(
                  "Expires",
                  "Allow: D ,E\r\nSupported: z, a\r\nX-More: 1\r\n".repeat(8) + "Expires")
              .replace("Contact:   <", "m: \"\\B\" <sip:b@c;;d> , Carol <sip:c@d>,<")
          + "body";

  private static final String UNUSUAL =
      INVITE.replace("Via: SIP/2.0/UDP", "Via: SIP / 2.0 / UDP").replace("CSeq: ", "CSeq:\r\n ");

  /** What can be read, as text; each says the same whatever was read before. */
  private static final List<Function<SipMessage, Object>> READINGS =
      List.of(
          Readings::everything,
          m -> Readings.everything(m.clone()),
          ConcurrentReadingTest::serialized,
          Message::toString,
          m -> Texts.sent(m),
          m -> m.clone().toString(),
          m -> m.createResponse(183).toString(),
          m -> Texts.sent(m.createResponse(400)),
          m -> Arrays.toString(m.laterResponse(500).get()),
          m -> String.valueOf(m.packedCopy()),
          m -> m.hashCode() + m.callId() + m.fromTag() + m.toTag() + m.cseq() + m.cseqMethod(),
          m -> m.viaBranch() + m.viaHost() + m.viaPort() + m.viaTransport() + m.viaReceived(),
          m -> m.viaHasRport() + "" + m.viaRport() + m.isViaTransport("UDP") + m.maxForwards(),
          m -> m.viaCount() + " " + m.expires() + m.uriScheme() + m.method() + m.hasBody(),
          m -> m.copyOfAddress(HeaderType.FROM) + "" + m.copyOfAddress(HeaderType.CONTACT),
          m -> m.peekAll(HeaderType.CONTACT) + "" + m.peekAll(HeaderType.VIA),
          m -> m.peek(HeaderType.ALLOW) + "" + m.peek("x-odd") + m.hasHeader(HeaderType.SUBJECT),
          m -> m.equals(Texts.taken(INVITE)) + "" + Texts.taken(INVITE).equals(m),
          m -> texts(m.getHeaders("Record-Route")) + texts(m.getHeaders("Supported")),
          m -> texts(m.getHeaderNames()) + texts(m.getUnrecognizedHeaders()),
          m -> m.getHeader("From") + "" + m.getHeader("Via") + m.getHeader("Date"),
          m -> Arrays.toString(m.getRawContent()) + Arrays.toString(m.copyOfBody()),
          m -> ((Request) m).getRequestURI() + ((Request) m).getMethod());

  /** So many of them, the first, take long. */
  private static final int SLOW = 3;

  /** Which objects are handed out. */
  private static final List<Function<SipMessage, Object>> LIVE =
      List.of(
          m -> m.getHeader("From"),
          m -> m.getHeader("Contact"),
          m -> m.getHeaders("Via").next(),
          m -> m.header(HeaderType.CSEQ),
          Message::getContent,
          SipMessage::requestUri);

  private static String texts(Iterator<?> each) {
    List<Object> all = new ArrayList<>();
    each.forEachRemaining(all::add);
    return all.toString();
  }

  private static String serialized(SipMessage message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(message);
      out.flush();
      byte[] written = bytes.toByteArray();
      return new ObjectInputStream(new ByteArrayInputStream(written)).readObject().toString();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** How a message comes into being. */
  @DataProvider
  static Object[][] messages() {
    return new Object[][] {
      row("read", () -> Texts.taken(INVITE)),
      row("of an unusual form", () -> Texts.taken(UNUSUAL)),
      row("that has forgotten all", () -> forgetful(INVITE)),
      row("of an unusual form that has forgotten all", () -> forgetful(UNUSUAL)),
    };
  }

  private static Object[] row(String name, Supplier<SipMessage> maker) {
    return new Object[] {name, maker};
  }

  private static SipMessage forgetful(String text) {
    SipMessage message = Texts.taken(text);
    assertTrue(message.forget());
    return message;
  }

  @Test(dataProvider = "messages")
  public void many_readers_of_a_message_read_what_one_alone_would(
      String name, Supplier<SipMessage> maker) throws Exception {
    List<Object> expected = new ArrayList<>();
    for (Function<SipMessage, Object> reading : READINGS) {
      expected.add(reading.apply(maker.get()));
    }
    List<Round> batch = new ArrayList<>();
    ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
    CyclicBarrier barrier = new CyclicBarrier(READERS + 2);
    List<Thread> threads = new ArrayList<>();
    for (int reader = 0; reader <= READERS; reader++) {
      int seed = reader;
      Thread thread = new Thread(() -> read(batch, barrier, expected, wrong, seed));
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    long end = System.nanoTime() + BUDGET;
    int rounds = 0;
    while (wrong.isEmpty() && (System.nanoTime() < end || rounds < LEAST_ROUNDS)) {
      batch.clear();
      for (int i = 0; i < BATCH; i++) {
        batch.add(new Round(maker.get()));
      }
      barrier.await(20, TimeUnit.SECONDS);
      barrier.await(20, TimeUnit.SECONDS);
      rounds++;
    }
    batch.clear();
    barrier.await(20, TimeUnit.SECONDS);
    for (Thread thread : threads) {
      thread.join();
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError("after " + rounds + " rounds: " + wrong.peek(), wrong.peek());
    }
  }

  // --- one that comes while another reads ---

  /** Makes headers, and lets something happen amid the making of an Expires. */
  private static final class PausingModel extends MessageModel {
    private volatile Runnable pause;

    @Override
    public SipHeader header(HeaderType type) {
      Runnable now = pause;
      if (now != null && type == HeaderType.EXPIRES) {
        pause = null;
        now.run();
      }
      return super.header(type);
    }
  }

  @Test
  public void one_who_comes_while_another_is_reading_a_header_disturbs_nothing() throws Exception {
    for (Function<SipMessage, Object> reading : READINGS) {
      PausingModel model = new PausingModel();
      MessageParser parser = new MessageParser(model, Limits.DEFAULT, false);
      SipMessage message = (SipMessage) parser.parse(Texts.bytes(INVITE));
      Object expected = reading.apply(message.clone());
      AtomicReference<Object> read = new AtomicReference<>();
      Thread other = new Thread(() -> read.set(reading.apply(message)));
      other.setDaemon(true);
      model.pause = () -> startAndWait(other);
      assertEquals(message.getHeader("Expires").toString(), "Expires: 180\r\n");
      other.join(20_000);
      assertEquals(read.get(), expected);
      assertEquals(Readings.everything(message), Readings.everything(Texts.taken(INVITE)));
    }
  }

  /** Waits until the other has done, if he can while this one is here. */
  private static void startAndWait(Thread other) {
    other.start();
    try {
      other.join(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // --- many at once ---

  /** A message, and the objects of it that were handed out first. */
  private static final class Round {
    private final SipMessage message;
    private final AtomicReferenceArray<Object> live = new AtomicReferenceArray<>(LIVE.size());

    private final AtomicInteger here = new AtomicInteger();

    Round(SipMessage message) {
      this.message = message;
    }

    /** Returns once all are here, nearly at the same time: nobody has to be woken. */
    @SuppressWarnings("ThreadPriorityCheck") // only for where there are more threads than cores
    void start() {
      here.incrementAndGet();
      while (here.get() <= READERS) {
        Thread.yield();
      }
    }
  }

  private static void read(
      List<Round> batch,
      CyclicBarrier barrier,
      List<Object> expected,
      ConcurrentLinkedQueue<Throwable> wrong,
      int seed) {
    Random random = new Random(seed);
    try {
      barrier.await(20, TimeUnit.SECONDS);
      while (!batch.isEmpty()) {
        for (Round round : batch) {
          round.start();
          try {
            if (seed == READERS) {
              forget(round.message);
            } else {
              readSome(round, expected, random);
            }
          } catch (Throwable e) {
            wrong.add(e);
          }
        }
        barrier.await(20, TimeUnit.SECONDS);
        barrier.await(20, TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      wrong.add(e);
    }
  }

  private static void readSome(Round round, List<Object> expected, Random random) {
    for (int i = 0; i < 4; i++) { // what counts is who reads first
      boolean slow = random.nextInt(30) == 0;
      int which =
          slow ? random.nextInt(SLOW) : SLOW + random.nextInt(READINGS.size() - SLOW + LIVE.size());
      if (which < READINGS.size()) {
        Object read = READINGS.get(which).apply(round.message);
        assertEquals(read, expected.get(which), "reading " + which);
      } else {
        int live = which - READINGS.size();
        Object object = LIVE.get(live).apply(round.message);
        boolean same =
            round.live.compareAndSet(live, null, object) || round.live.get(live) == object;
        assertTrue(same, "another live object " + live);
      }
    }
  }

  private static void forget(SipMessage message) {
    for (int i = 0; i < 10; i++) {
      message.forget();
      Thread.onSpinWait();
    }
  }
}
