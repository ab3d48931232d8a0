package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Every call flow of RFC 3665 and RFC 5359, played by whole stacks on a simulated network: user
 * agents, proxies, registrars, redirect servers, gateways, and what else is in them. None is left
 * out, as none needs anything but SIP: what's said or played is nobody's business here.
 */
public class RfcFlowsTest {
  /** Flow, and who doesn't hear anything in it. */
  private static final String[][] FLOWS = {
    {"rfc3665 2.1", ""},
    {"rfc3665 2.2", ""},
    {"rfc3665 2.3", ""},
    {"rfc3665 2.4", ""},
    {"rfc3665 2.5", ""},
    {"rfc3665 3.1", ""},
    {"rfc3665 3.2", ""},
    {"rfc3665 3.3", ""},
    {"rfc3665 3.4", "Proxy 1"},
    {"rfc3665 3.5", ""},
    {"rfc3665 3.6", ""},
    {"rfc3665 3.7", ""},
    {"rfc3665 3.8", ""},
    {"rfc3665 3.9", ""},
    {"rfc3665 3.10", "Bob"},
    {"rfc3665 3.11", ""},
    {"rfc5359 2.1", ""},
    {"rfc5359 2.2", ""},
    {"rfc5359 2.3", ""},
    {"rfc5359 2.4", ""},
    {"rfc5359 2.5", ""},
    {"rfc5359 2.6", ""},
    {"rfc5359 2.7", ""},
    {"rfc5359 2.8", ""},
    {"rfc5359 2.9", ""},
    {"rfc5359 2.10", ""},
    {"rfc5359 2.11", ""},
    {"rfc5359 2.12", ""},
    {"rfc5359 2.13", ""},
    {"rfc5359 2.14", ""},
    {"rfc5359 2.15", ""},
    {"rfc5359 2.16", ""},
    {"rfc5359 2.17", ""},
    {"rfc5359 2.18", ""},
  };

  private static final int TRIES = 8;
  private static final int PLAYS = 2;

  private static RfcFlow flow(String name) {
    String[] words = name.split(" ");
    return RfcFlow.read(words[0]).get(words[1]);
  }

  private static Set<String> set(String name) {
    return name.isEmpty() ? Set.of() : Set.of(name);
  }

  @DataProvider
  public Object[][] flows() {
    return FLOWS;
  }

  @Test(dataProvider = "flows")
  public void everybody_gets_what_the_flow_says_in_its_order(String name, String dead)
      throws Exception {
    try (FlowPlayer player = new FlowPlayer(flow(name), set(dead), 0, 1)) {
      assertTrue(player.play());
      assertEquals(player.got(), player.wanted());
      assertEquals(player.whatIsLeft(), Map.of());
    }
  }

  @DataProvider
  public Object[][] lossyFlows() {
    List<Object[]> rows = new ArrayList<>();
    for (String[] row : FLOWS) {
      for (double loss : new double[] {0.1, 0.2, 0.3}) {
        rows.add(new Object[] {row[0], row[1], loss});
      }
    }
    return rows.toArray(new Object[0][]);
  }

  /**
   * The same messages but for provisional responses, which nobody repeats, in whatever order; the
   * same dialogs; and nothing left. So much may get lost that somebody gives up after 64·T1, as he
   * should: then only the last holds.
   */
  @Test(dataProvider = "lossyFlows")
  public void where_messages_get_lost_the_same_comes_of_it(String name, String dead, double loss)
      throws Exception {
    Map<String, List<String>> wanted;
    Set<String> dialogs;
    try (FlowPlayer player = new FlowPlayer(flow(name), set(dead), 0, 1)) {
      assertTrue(player.play());
      wanted = finals(player.got());
      dialogs = player.dialogs();
    }
    int plays = 0;
    for (long seed = 1; seed <= TRIES && plays < PLAYS; seed++) {
      try (FlowPlayer player = new FlowPlayer(flow(name), set(dead), loss, seed)) {
        if (player.play()) {
          plays++;
          String where = "seed " + seed + ": ";
          assertEquals(where + finals(player.got()), where + wanted);
          assertEquals(where + player.dialogs(), where + dialogs);
        }
        assertEquals(player.whatIsLeft(), Map.of(), "seed " + seed);
      }
    }
    assertEquals(plays, PLAYS, "plays in which nobody gave up, of " + TRIES);
  }

  private static Map<String, List<String>> finals(Map<String, List<String>> got) {
    Map<String, List<String>> finals = new TreeMap<>();
    got.forEach(
        (who, what) ->
            finals.put(who, what.stream().filter(w -> !w.matches("1\\d\\d .*")).sorted().toList()));
    finals.values().removeIf(List::isEmpty);
    return finals;
  }
}
