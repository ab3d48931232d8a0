package io.sipwright.examples.proxy;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.examples.Agent;
import io.sipwright.examples.proxy.LocationService.Change;
import io.sipwright.examples.proxy.LocationService.Outcome;
import java.util.List;
import java.util.Map;
import javax.sip.header.ContactHeader;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

public class LocationServiceTest {
  private Agent agent;
  private LocationService locations;

  @BeforeClass
  public void openAgent() throws Exception {
    agent = Agent.open("locations", Map.of());
  }

  @AfterClass(alwaysRun = true)
  public void closeAgent() {
    agent.close();
  }

  @BeforeMethod
  public void begin() {
    locations = new LocationService();
  }

  @Test
  public void a_contact_is_there_until_its_time_is_over() throws Exception {
    assertEquals(update("bob", "c", 1, 100, at("sip:bob@192.0.2.1", 60)), Outcome.DONE);
    assertEquals(contactsOf("bob", 159), List.of("sip:bob@192.0.2.1"));
    assertEquals(contactsOf("bob", 160), List.of());
    assertEquals(contactsOf("alice", 100), List.of());
  }

  @Test
  public void the_same_contact_is_renewed_and_removed_not_doubled() throws Exception {
    update("bob", "c", 1, 0, at("sip:bob@192.0.2.1", 60), at("sip:bob@192.0.2.2", 60));
    update("bob", "c", 2, 50, at("sip:bob@192.0.2.1", 60));
    assertEquals(contactsOf("bob", 70), List.of("sip:bob@192.0.2.1"));
    update("bob", "c", 3, 70, at("sip:bob@192.0.2.1", 0));
    assertEquals(contactsOf("bob", 70), List.of());
  }

  @Test
  public void a_request_that_was_overtaken_changes_nothing() throws Exception {
    update("bob", "c", 2, 0, at("sip:bob@192.0.2.1", 60));
    Outcome late =
        update("bob", "c", 1, 0, at("sip:bob@192.0.2.9", 60), at("sip:bob@192.0.2.1", 0));
    assertEquals(late, Outcome.OUT_OF_ORDER);
    assertEquals(locations.clear("bob", "c", 2, 0), Outcome.OUT_OF_ORDER);
    assertEquals(contactsOf("bob", 1), List.of("sip:bob@192.0.2.1"));
    assertEquals(update("bob", "restarted", 1, 0, at("sip:bob@192.0.2.1", 0)), Outcome.DONE);
    assertEquals(contactsOf("bob", 1), List.of());
  }

  @Test
  public void all_contacts_go_at_once() throws Exception {
    update("bob", "c", 1, 0, at("sip:bob@192.0.2.1", 60), at("sip:bob@192.0.2.2", 60));
    assertEquals(locations.clear("bob", "c", 2, 0), Outcome.DONE);
    assertEquals(contactsOf("bob", 0), List.of());
  }

  @Test
  public void the_contact_that_ends_first_gives_way_to_the_eleventh() throws Exception {
    for (int i = 0; i <= LocationService.MOST_CONTACTS; i++) {
      update("bob", "c" + i, 1, 0, at("sip:bob@192.0.2." + i, i == 3 ? 50 : 60));
    }
    List<String> left = contactsOf("bob", 0);
    assertEquals(left.size(), LocationService.MOST_CONTACTS);
    assertTrue(
        !left.contains("sip:bob@192.0.2.3") && left.contains("sip:bob@192.0.2.10"), "" + left);
  }

  @Test
  public void users_beyond_the_most_are_refused_until_others_are_gone() throws Exception {
    Change change = at("sip:x@192.0.2.1", 60);
    int user = 0;
    while (update("user" + user, "c", 1, 0, change) == Outcome.DONE) {
      user++;
    }
    assertEquals(user, 10_000);
    assertEquals(update("user1", "c", 2, 0, change), Outcome.DONE);
    assertEquals(contactsOf("user" + user, 0), List.of());
    assertEquals(update("user" + user, "c", 1, 60, change), Outcome.DONE);
  }

  private Outcome update(String user, String callId, long cseq, long now, Change... changes) {
    return locations.update(user, callId, cseq, List.of(changes), now);
  }

  private Change at(String uri, int seconds) throws Exception {
    ContactHeader contact =
        agent
            .headers()
            .createContactHeader(agent.addresses().createAddress(agent.addresses().createURI(uri)));
    return new Change(contact, seconds);
  }

  private List<String> contactsOf(String user, long now) {
    return locations.of(user, now).stream()
        .map(binding -> binding.contact().getAddress().getURI().toString())
        .toList();
  }
}
