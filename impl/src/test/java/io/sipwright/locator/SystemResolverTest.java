package io.sipwright.locator;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.locator.HostResolver.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Numbers are answered on the spot, names on threads that aren't the caller's. */
public class SystemResolverTest {
  private static final long SECONDS = 20;

  @DataProvider
  public Object[][] numeric() {
    return new Object[][] {
      {"192.0.2.1", "192.0.2.1"},
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"127.000.000.001", "127.0.0.1"},
      {"::1", "0:0:0:0:0:0:0:1"},
      {"[::1]", "0:0:0:0:0:0:0:1"},
      {"[2001:db8::A]", "2001:db8:0:0:0:0:0:a"},
      {"::ffff:192.0.2.1", "192.0.2.1"},
      {"fe80::1%1", "fe80:0:0:0:0:0:0:1%1"},
      {"[fe80::1%1]", "fe80:0:0:0:0:0:0:1%1"},
    };
  }

  @Test(dataProvider = "numeric")
  public void a_numeric_address_is_answered_at_once(String host, String expected) {
    try (SystemResolver resolver = new SystemResolver(SystemResolverTest::noLookup)) {
      List<Result> results = new ArrayList<>();
      resolver.resolve(host, results::add);
      assertEquals(results.size(), 1);
      assertEquals(results.get(0).host(), host);
      assertEquals(results.get(0).addresses().get(0).getHostAddress(), expected);
      assertNull(results.get(0).failure());
    }
  }

  @Test
  public void localhost_is_answered_at_once() {
    try (SystemResolver resolver = new SystemResolver(SystemResolverTest::noLookup)) {
      List<Result> results = new ArrayList<>();
      resolver.resolve("LocalHost", results::add);
      assertEquals(results.get(0).addresses().get(0).getHostAddress(), "127.0.0.1");
      assertTrue(results.get(0).addresses().stream().allMatch(InetAddress::isLoopbackAddress));
    }
  }

  @DataProvider
  public Object[][] notNumeric() {
    return new Object[][] {
      {"256.0.0.1"},
      {"1.2.3"},
      {"1.2.3.4.5"},
      {"1.2.3."},
      {".1.2.3"},
      {"1..2.3"},
      {"0x7f.0.0.1"},
      {"2130706433"},
      {"1.2.3.4a"},
      {"0001.2.3.4"},
      {"a.b"},
      {""},
      {"[::1"},
      {"::1]"},
      {"[]"},
      {"[1.2.3.4]"},
      {"::g"},
      {"1:2"},
      {"fe80::1%no-such-interface"},
    };
  }

  @Test(dataProvider = "notNumeric")
  public void anything_else_is_no_numeric_address(String host) {
    assertNull(NumericAddress.parse(host));
  }

  @DataProvider
  public Object[][] impossible() {
    return new Object[][] {{""}, {"::g"}, {"[::1"}, {"[]"}, {"fe80::1%no-such-interface"}};
  }

  @Test(dataProvider = "impossible")
  public void what_can_be_no_name_fails_at_once(String host) {
    try (SystemResolver resolver = new SystemResolver(SystemResolverTest::noLookup)) {
      List<Result> results = new ArrayList<>();
      resolver.resolve(host, results::add);
      assertEquals(results.size(), 1);
      assertTrue(results.get(0).addresses().isEmpty());
      assertFalse(results.get(0).failure().isEmpty());
    }
  }

  @Test
  public void a_name_is_looked_up_once_for_all_who_wait_and_not_on_their_thread() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger lookups = new AtomicInteger();
    InetAddress address = NumericAddress.parse("192.0.2.1");
    try (SystemResolver resolver =
        new SystemResolver(
            name -> {
              lookups.incrementAndGet();
              await(open);
              return new InetAddress[] {address};
            })) {
      CompletableFuture<Thread> thread = new CompletableFuture<>();
      CompletableFuture<Result> second = new CompletableFuture<>();
      resolver.resolve("a.example", r -> thread.complete(Thread.currentThread()));
      resolver.resolve("a.example", second::complete);
      assertFalse(thread.isDone());
      open.countDown();
      assertNotSame(thread.get(SECONDS, TimeUnit.SECONDS), Thread.currentThread());
      assertEquals(second.get(SECONDS, TimeUnit.SECONDS).addresses(), List.of(address));
      assertEquals(lookups.get(), 1);
    }
  }

  @Test
  public void a_failure_is_an_answer_and_a_callback_that_throws_harms_no_other() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    try (SystemResolver resolver =
        new SystemResolver(
            name -> {
              await(open);
              throw new UnknownHostException(name);
            })) {
      CompletableFuture<Result> result = new CompletableFuture<>();
      resolver.resolve(
          "b.example",
          r -> {
            throw new IllegalStateException("on purpose");
          });
      resolver.resolve("b.example", result::complete);
      open.countDown();
      assertEquals(
          result.get(SECONDS, TimeUnit.SECONDS),
          Result.failed("b.example", "unknown host b.example"));
    }
  }

  @Test
  public void too_many_waiting_names_are_refused_and_closing_answers_the_rest() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger full = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    SystemResolver resolver =
        new SystemResolver(
            name -> {
              await(never);
              return new InetAddress[0];
            });
    int names = 1100;
    CountDownLatch answered = new CountDownLatch(names);
    for (int i = 0; i < names; i++) {
      resolver.resolve(
          "n" + i,
          r -> {
            (r.failure().contains("too many") ? full : closed).incrementAndGet();
            answered.countDown();
          });
    }
    assertEquals(full.get(), names - 1004);
    resolver.close();
    resolver.close();
    assertTrue(answered.await(SECONDS, TimeUnit.SECONDS));
    assertEquals(closed.get(), 1004);
    List<Result> late = new ArrayList<>();
    resolver.resolve("late.example", late::add);
    assertEquals(late, List.of(Result.failed("late.example", "the resolver is closed")));
    never.countDown();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static InetAddress[] noLookup(String name) {
    throw new AssertionError("looked up " + name);
  }
}
