package io.sipwright.syntax;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertSame;

import java.nio.charset.StandardCharsets;
import org.testng.annotations.Test;

public class SpareSinksTest {
  @Test
  public void a_sink_is_used_again_and_is_empty() {
    ByteSink sink = SpareSinks.take();
    sink.put("of somebody before");
    SpareSinks.giveBack(sink);
    ByteSink again = SpareSinks.take();
    assertSame(again, sink);
    assertEquals(again.length(), 0);
    assertEquals(again.put("new").toBytes(), "new".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  public void nobody_gets_a_sink_that_somebody_has() {
    ByteSink one = SpareSinks.take();
    ByteSink other = SpareSinks.take();
    assertNotSame(other, one);
    SpareSinks.giveBack(one);
    SpareSinks.giveBack(other);
    assertSame(SpareSinks.take(), other, "one for a thread is kept, the last");
    assertNotSame(SpareSinks.take(), one);
  }

  @Test
  public void a_sink_that_has_grown_large_is_not_kept() {
    ByteSink sink = SpareSinks.take();
    sink.put("x".repeat(100_000));
    SpareSinks.giveBack(sink);
    assertNotSame(SpareSinks.take(), sink);
  }
}
