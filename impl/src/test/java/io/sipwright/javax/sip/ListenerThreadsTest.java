package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Request;
import org.testng.SkipException;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** On which threads a listener runs, how many at a time, and what it may do there. */
public class ListenerThreadsTest {
  private static final String REENTRANT = "gov.nist.javax.sip.REENTRANT_LISTENER";
  private static final String CONCURRENCY = "io.sipwright.LISTENER_CONCURRENCY";
  private static final int PATIENCE_SECONDS = 30;

  private final List<Party> parties = new ArrayList<>();

  private Party party(String... settings) throws Exception {
    Party party = Live.party(settings);
    parties.add(party);
    return party;
  }

  @AfterMethod
  public void end() {
    parties.forEach(party -> party.stack.stop());
    parties.forEach(Party::assertNothingFailed);
    parties.clear();
  }

  @Test
  public void a_listener_that_blocks_holds_back_all_calls() throws Exception {
    Party alice = party();
    Party bob = party();
    CyclicBarrier together = new CyclicBarrier(2);
    AtomicInteger alone = new AtomicInteger();
    bob.on(
        "OPTIONS",
        event -> {
          try {
            together.await(200, TimeUnit.MILLISECONDS);
          } catch (TimeoutException e) {
            alone.incrementAndGet();
            together.reset();
          }
        });
    for (int i = 0; i < 3; i++) {
      alice.provider().sendRequest(alice.request("OPTIONS", bob));
    }
    Live.await("three requests", () -> alone.get() == 3);
  }

  @Test
  public void a_reentrant_listener_that_blocks_holds_back_its_own_call_only() throws Exception {
    Party alice = party();
    Party bob = party(REENTRANT, "true");
    CountDownLatch release = new CountDownLatch(1);
    bob.on(
        "INFO",
        event -> assertTrue(release.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "never released"));
    bob.answering("OPTIONS", 200);
    Request blocking = alice.request("INFO", bob);
    Request sameCall = (Request) blocking.clone();
    alice.provider().sendRequest(blocking);
    Live.await("the first request", () -> bob.requests.size() == 1);
    ((CSeqHeader) sameCall.getHeader("CSeq")).setSeqNumber(2);
    sameCall.setMethod("MESSAGE");
    alice.provider().sendRequest(sameCall);
    alice.send(alice.request("OPTIONS", bob));
    Live.await("an answer in another call", () -> alice.responses.size() == 1);
    assertFalse(bob.heard().contains("MESSAGE"), "the same call waits");
    release.countDown();
    Live.await("the rest", () -> bob.heard().contains("MESSAGE"));
  }

  @DataProvider
  public Object[][] modes() {
    return new Object[][] {{"serial"}, {"per-call"}, {"inline"}};
  }

  @Test(dataProvider = "modes")
  public void messages_of_a_call_come_one_at_a_time_and_in_order(String mode) throws Exception {
    int calls = 10;
    int each = 20;
    Party alice = party();
    Party bob = party(CONCURRENCY, mode, "gov.nist.javax.sip.THREAD_POOL_SIZE", "8");
    List<List<Long>> numbers = new ArrayList<>();
    AtomicInteger[] inside = new AtomicInteger[calls];
    AtomicInteger overlaps = new AtomicInteger();
    for (int i = 0; i < calls; i++) {
      numbers.add(Collections.synchronizedList(new ArrayList<>()));
      inside[i] = new AtomicInteger();
    }
    bob.on(
        "MESSAGE",
        event -> {
          String id = ((CallIdHeader) event.getRequest().getHeader("Call-ID")).getCallId();
          int call = Integer.parseInt(id.substring(0, id.indexOf('-')));
          if (inside[call].incrementAndGet() > 1) {
            overlaps.incrementAndGet();
          }
          Thread.onSpinWait();
          numbers.get(call).add(((CSeqHeader) event.getRequest().getHeader("CSeq")).getSeqNumber());
          inside[call].decrementAndGet();
        });
    String unique = Live.newName();
    for (int n = 1; n <= each; n++) {
      for (int call = 0; call < calls; call++) {
        // TCP keeps the order on the way.
        Request request = alice.request("MESSAGE", Party.uri(bob, "transport=tcp"), "tcp");
        ((CallIdHeader) request.getHeader("Call-ID")).setCallId(call + "-" + unique);
        ((CSeqHeader) request.getHeader("CSeq")).setSeqNumber(n);
        alice.provider().sendRequest(request);
      }
    }
    Live.await("all messages", () -> bob.requests.size() == calls * each);
    Live.await("the last one's end", () -> numbers.stream().allMatch(list -> list.size() == each));
    for (List<Long> list : numbers) {
      List<Long> sorted = new ArrayList<>(list);
      Collections.sort(sorted);
      assertEquals(list, sorted);
    }
    assertEquals(overlaps.get(), 0);
  }

  @Test
  public void an_inline_listener_runs_on_the_thread_that_read_the_message() throws Exception {
    Party alice = party();
    Party bob = party(CONCURRENCY, "inline");
    AtomicReference<String> thread = new AtomicReference<>("");
    bob.on(
        "OPTIONS",
        event -> {
          thread.set(Thread.currentThread().getName());
          bob.respond(Party.transaction(event), 200);
        });
    alice.send(alice.request("OPTIONS", bob));
    Live.await("an answer", () -> alice.responses.size() == 1);
    assertTrue(thread.get().contains("-udp-"), thread.get());
  }

  @Test(dataProvider = "modes")
  public void a_whole_call_works(String mode) throws Exception {
    Party alice = party(CONCURRENCY, mode).acknowledging();
    Party bob = party(CONCURRENCY, mode).answering("INVITE", 180, 200).answering("BYE", 200);
    bob.on(
        "ACK",
        event ->
            event
                .getDialog()
                .sendRequest(
                    bob.provider()
                        .getNewClientTransaction(event.getDialog().createRequest("BYE"))));
    alice.answering("BYE", 200);
    alice.send(alice.request("INVITE", bob));
    Live.await("the end of the call", () -> bob.heard().contains("200 BYE"));
    Live.await("the dialogs' ends", () -> alice.endedDialogs.size() + bob.endedDialogs.size() == 2);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE", "BYE"));
    assertEquals(bob.heard(), List.of("INVITE", "ACK", "200 BYE"));
  }

  @DataProvider
  public Object[][] modesAndTransports() {
    return new Object[][] {
      {"serial", "udp"}, {"per-call", "udp"}, {"inline", "udp"},
      {"serial", "tcp"}, {"per-call", "tcp"}, {"inline", "tcp"},
    };
  }

  @Test(dataProvider = "modesAndTransports")
  public void a_listener_may_stop_its_stack(String mode, String transport) throws Exception {
    Party alice = party();
    Party bob = party(CONCURRENCY, mode);
    CountDownLatch stopped = new CountDownLatch(1);
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    bob.on(
        "OPTIONS",
        event -> {
          bob.stack.stop();
          interrupted.add(Thread.currentThread().isInterrupted());
          stopped.countDown();
        });
    alice
        .provider()
        .sendRequest(alice.request("OPTIONS", Party.uri(bob, "transport=" + transport), transport));
    assertTrue(stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "stop() doesn't return");
    assertEquals(interrupted, List.of(false));
    // At once but for a TCP thread that would have to wait for itself.
    Live.await("the ports", () -> Live.isFree(bob.address, bob.port));
    Live.await("the end of its threads", () -> Live.threadsOf(bob.name).isEmpty());
  }

  @Test
  public void stop_does_not_wait_for_a_listener_that_blocks() throws Exception {
    Party alice = party();
    Party bob = party();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger over = new AtomicInteger();
    bob.on(
        "OPTIONS",
        event -> {
          entered.countDown();
          boolean released = false;
          while (!released) {
            try {
              released = release.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              over.incrementAndGet(); // and goes on, against all manners
            }
          }
        });
    alice.provider().sendRequest(alice.request("OPTIONS", bob));
    assertTrue(entered.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    bob.stack.stop();
    Live.assertFree(bob.address, bob.port);
    release.countDown();
    Live.await("the end of its threads", () -> Live.threadsOf(bob.name).isEmpty());
    assertEquals(over.get(), 1, "interrupts");
  }

  @Test
  public void a_program_may_send_from_any_thread_and_from_callbacks() throws Exception {
    Party alice = party();
    Party bob = party().answering("OPTIONS", 200).answering("INFO", 200);
    alice.on(
        200,
        event -> {
          String method = ((CSeqHeader) event.getResponse().getHeader("CSeq")).getMethod();
          if (method.equals("OPTIONS")) {
            alice.send(alice.request("INFO", bob));
          }
        });
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int n = 0; n < 5; n++) {
                    alice.send(alice.request("OPTIONS", bob));
                  }
                } catch (Exception e) {
                  failures.add(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(PATIENCE_SECONDS * 1000L);
    }
    Live.await("all answers", () -> alice.responses.size() == 80);
    assertEquals(failures, List.of());
  }

  @Test
  public void an_error_in_the_listener_harms_nothing_else() throws Exception {
    Party alice = party();
    Party bob = party();
    AtomicInteger count = new AtomicInteger();
    bob.provider().removeSipListener(bob);
    bob.provider()
        .addSipListener(
            new SilentListener() {
              @Override
              public void processRequest(javax.sip.RequestEvent event) {
                if (count.incrementAndGet() < 3) {
                  throw new NoClassDefFoundError("thrown on purpose");
                }
              }
            });
    for (int i = 0; i < 3; i++) {
      alice.provider().sendRequest(alice.request("OPTIONS", bob));
    }
    Live.await("three events", () -> count.get() == 3);
  }

  @Test
  public void per_call_listeners_run_on_virtual_threads_where_java_has_them() throws Exception {
    if (Runtime.version().feature() < 21) {
      throw new SkipException("Java " + Runtime.version().feature() + " has no virtual threads");
    }
    assertTrue(runsOnVirtualThread(CONCURRENCY, "per-call"));
    assertFalse(runsOnVirtualThread(CONCURRENCY, "serial"));
    assertFalse(runsOnVirtualThread(CONCURRENCY, "per-call", "io.sipwright.THREAD_POOL_SIZE", "3"));
  }

  private boolean runsOnVirtualThread(String... settings) throws Exception {
    Party alice = party();
    Party bob = party(settings);
    AtomicReference<Thread> thread = new AtomicReference<>();
    bob.on("OPTIONS", event -> thread.set(Thread.currentThread()));
    alice.provider().sendRequest(alice.request("OPTIONS", bob));
    Live.await("the request", () -> thread.get() != null);
    return (Boolean) Thread.class.getMethod("isVirtual").invoke(thread.get());
  }
}
