package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.header.ContactHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Listening points at the wildcard address: peers must get an address they can send to. */
public class WildcardAddressTest {
  private final List<Party> parties = new ArrayList<>();

  private Party partyAt(String address) throws Exception {
    Party party = Live.partyAt(address);
    parties.add(party);
    return party;
  }

  @AfterMethod
  public void end() {
    parties.forEach(party -> party.stack.stop());
    parties.forEach(Party::assertNothingFailed);
    parties.clear();
  }

  private static String host(Request request) {
    return ((ViaHeader) request.getHeader("Via")).getHost();
  }

  @DataProvider
  public Object[][] wildcards() {
    return new Object[][] {
      {"0.0.0.0", "127.0.0.1", "udp", "127.0.0.1"},
      {"0.0.0.0", "127.0.0.1", "tcp", "127.0.0.1"},
      {"::", "::1", "udp", "[::1]"},
      {"::", "::1", "tcp", "[::1]"},
    };
  }

  @Test(dataProvider = "wildcards")
  public void a_whole_call_between_the_wildcard_and_an_address(
      String wildcard, String peer, String transport, String own) throws Exception {
    Party alice = partyAt(wildcard).acknowledging();
    Party bob = partyAt(peer).answering("INVITE", 180, 200).answering("BYE", 200);
    String uri = Party.uri(bob, "transport=" + transport);
    ClientTransaction call = alice.send(alice.request("INVITE", uri, transport));
    Live.await("an answer", () -> alice.responses.size() == 2);
    Live.await("the ACK", () -> bob.requests.size() == 2);
    Request invite = bob.requests.get(0).getRequest();
    assertEquals(host(invite), own);
    assertFalse(invite.toString().contains(alice.host()), invite.toString());
    assertTrue(
        invite.getHeader(ContactHeader.NAME).toString().contains("@" + own + ":" + alice.port),
        invite.toString());
    assertEquals(alice.responses.get(1).getClientTransaction(), call);

    Dialog bobs = bob.requests.get(1).getDialog();
    alice.answering("BYE", 200);
    bob.send(bobs, "BYE");
    Live.await("the BYE, sent to the Contact", () -> bob.heard().contains("200 BYE"));
  }

  @Test(dataProvider = "wildcards")
  public void an_answer_from_the_wildcard_leads_back(
      String wildcard, String peer, String transport, String own) throws Exception {
    Party alice = partyAt(peer).acknowledging();
    Party bob = partyAt(wildcard).answering("INVITE", 180, 200).answering("BYE", 200);
    String target = "sip:bob@" + own + ":" + bob.port + ";transport=" + transport;
    alice.send(alice.request("INVITE", target, transport));
    Live.await("an answer", () -> alice.responses.size() == 2);
    String contact = alice.responses.get(1).getResponse().getHeader("Contact").toString();
    assertTrue(contact.contains("@" + own + ":" + bob.port), contact);
    Live.await("the ACK, sent to the Contact", () -> bob.requests.size() == 2);
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
  }

  @Test
  public void the_programs_own_contact_stays_as_it_is_for_the_next_peer() throws Exception {
    Party alice = partyAt("0.0.0.0");
    Party bob = partyAt("127.0.0.1").answering("OPTIONS", 200);
    Request request = alice.request("OPTIONS", Party.uri(bob), "udp");
    ContactHeader own = (ContactHeader) request.getHeader("Contact");
    alice.send(request);
    Live.await("an answer", () -> alice.responses.size() == 1);
    assertTrue(own.toString().contains("@0.0.0.0:"), own.toString());
  }

  @Test
  public void what_the_program_calls_itself_goes_before_its_address() throws Exception {
    Party alice = partyAt("0.0.0.0");
    alice.provider().getListeningPoint("udp").setSentBy("nat.example.net:9999");
    Party bob = partyAt("127.0.0.1");
    alice.send(alice.request("OPTIONS", Party.uri(bob), "udp"));
    Live.await("the request", () -> bob.requests.size() == 1);
    Request seen = bob.requests.get(0).getRequest();
    assertEquals(host(seen), "nat.example.net");
    assertTrue(seen.getHeader("Contact").toString().contains("@nat.example.net"), seen.toString());
  }

  @Test
  public void a_route_that_names_the_address_peers_were_told_is_our_own() throws Exception {
    Party alice = partyAt("0.0.0.0");
    Party bob = partyAt("127.0.0.1").answering("OPTIONS", 200);
    assertFalse(alice.stack.isOwn("127.0.0.1", alice.port));
    alice.send(alice.request("OPTIONS", Party.uri(bob), "udp"));
    Live.await("an answer", () -> alice.responses.size() == 1);
    assertTrue(alice.stack.isOwn("127.0.0.1", alice.port));
  }
}
