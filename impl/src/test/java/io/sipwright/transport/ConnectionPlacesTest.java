package io.sipwright.transport;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Who gets one of the places for connections, and who has to give one up for it. */
public class ConnectionPlacesTest {
  private List<Runnable> inASecond;
  private List<String> displaced;
  private LimitCounts limits;
  private ConnectionPlaces places;

  @BeforeMethod
  public void begin() {
    use(4, 3);
  }

  private void use(int most, int mostPerSource) {
    inASecond = new ArrayList<>();
    displaced = new ArrayList<>();
    limits = new LimitCounts("test", inASecond::add);
    SocketNetworkConfig config =
        SocketNetworkConfig.builder()
            .maxConnections(most)
            .maxConnectionsPerSource(mostPerSource)
            .build();
    places = new ConnectionPlaces(config, limits);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private ConnectionPlaces.Place place(String name) {
    return places.place(() -> displaced.add(name));
  }

  /** A place that was taken by a peer. */
  private ConnectionPlaces.Place from(String peer, String name) {
    ConnectionPlaces.Place place = place(name);
    assertTrue(place.take(address(peer)), name);
    return place;
  }

  private long reached(ConnectionLimit limit) {
    return limits.all().getOrDefault(limit, -1L);
  }

  @Test
  public void the_oldest_silent_one_of_the_source_that_has_most_makes_room() {
    from("10.0.0.1", "legal"); // the oldest of all
    from("10.0.0.2", "attack 1");
    from("10.0.0.2", "attack 2");
    from("10.0.0.3", "other");
    from("10.0.0.4", "new 1");
    assertEquals(displaced, List.of("attack 1"));
    from("10.0.0.2", "attack 3"); // now each has one, but for this
    assertEquals(displaced, List.of("attack 1", "legal"), "of equals the oldest");
    from("10.0.0.5", "new 2");
    assertEquals(displaced.get(2), "attack 2");
    assertEquals(reached(ConnectionLimit.DISPLACED), 3);
    assertEquals(reached(ConnectionLimit.CONNECTIONS), 0);
    assertEquals(places.open(), 4);
  }

  @Test
  public void one_that_has_spoken_keeps_its_place() {
    for (int i = 0; i < 4; i++) {
      from("10.0.0." + i, "speaker").spoke();
    }
    assertFalse(place("new").take(address("10.0.0.9")));
    assertFalse(place("ours").take(null));
    assertEquals(displaced, List.of());
    assertEquals(reached(ConnectionLimit.CONNECTIONS), 2);
    assertEquals(places.sources(), 4);
  }

  @Test
  public void one_opened_from_here_displaces_and_is_not_displaced() {
    assertTrue(place("ours").take(null));
    from("10.0.0.1", "silent").spoke();
    from("10.0.0.1", "silent").spoke();
    from("10.0.0.2", "silent");
    assertTrue(place("ours too").take(null));
    assertEquals(displaced, List.of("silent"));
    assertFalse(place("ours as well").take(null));
  }

  @Test
  public void source_that_is_full_gives_up_a_silent_one_of_its_own() {
    from("10.0.0.1", "1").spoke();
    ConnectionPlaces.Place second = from("10.0.0.1", "2");
    from("10.0.0.1", "3");
    from("10.0.0.1", "4");
    assertEquals(displaced, List.of("2"));
    assertTrue(second.isDisplaced());
    from("10.0.0.1", "5").spoke();
    from("10.0.0.2", "other");
    assertEquals(displaced, List.of("2", "3"));
    from("10.0.0.1", "6").spoke();
    assertFalse(place("7").take(address("10.0.0.1")));
    assertEquals(reached(ConnectionLimit.CONNECTIONS_PER_SOURCE), 1);
  }

  @Test
  public void network_of_64_bits_is_one_source() {
    from("2001:db8::1", "1").spoke();
    from("2001:db8::2", "2").spoke();
    from("2001:db8::ffff:1:2:3", "3").spoke();
    assertFalse(place("4").take(address("2001:db8::4")));
    assertTrue(place("5").take(address("2001:db8:0:1::4")));
    assertEquals(places.sources(), 2);
  }

  @Test
  public void one_behind_a_load_balancer_counts_for_its_source_once_that_is_known() {
    ConnectionPlaces.Place late = place("late");
    assertTrue(late.take(null));
    use(9, 1);
    ConnectionPlaces.Place first = place("first");
    assertTrue(first.take(null));
    assertTrue(first.comesFrom(address("10.0.0.1")));
    ConnectionPlaces.Place second = place("second");
    assertTrue(second.take(null));
    assertTrue(second.comesFrom(address("10.0.0.1")));
    assertEquals(displaced, List.of("first"));
    assertFalse(first.comesFrom(address("10.0.0.2")), "displaced");
    second.spoke();
    ConnectionPlaces.Place third = place("third");
    assertTrue(third.take(null));
    assertFalse(third.comesFrom(address("10.0.0.1")));
    third.leave();
    assertEquals(places.open(), 1);
  }

  @Test
  public void nothing_is_left_of_those_that_have_left() {
    use(1_000, 1_000);
    List<ConnectionPlaces.Place> all = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      ConnectionPlaces.Place place = from("10.0." + i % 7 + "." + i % 11, "" + i);
      if (i % 3 == 0) {
        place.spoke();
      }
      all.add(place);
    }
    assertEquals(places.open(), 900);
    for (ConnectionPlaces.Place place : all) {
      place.leave();
      place.leave();
      place.spoke();
    }
    assertEquals(places.open(), 0);
    assertEquals(places.sources(), 0);
    from("10.0.0.1", "again");
    assertEquals(displaced, List.of());
  }

  @Test
  public void log_has_a_line_for_each_limit_once_a_second_at_most() {
    for (int i = 0; i < 1_000; i++) {
      limits.reached(ConnectionLimit.CONNECTIONS, "peer");
      limits.reached(ConnectionLimit.WRITE_QUEUE, "peer");
    }
    assertEquals(inASecond.size(), 2, "lines");
    inASecond.forEach(Runnable::run);
    limits.reached(ConnectionLimit.CONNECTIONS, "peer");
    assertEquals(inASecond.size(), 3, "lines");
    assertEquals(reached(ConnectionLimit.CONNECTIONS), 1_001);
    assertEquals(reached(ConnectionLimit.WRITE_QUEUE), 1_000);
  }
}
