package io.sipwright.transaction;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.testng.annotations.Test;

/**
 * The four machines against their figures: a line for each arrow, with state, event, next state and
 * actions. Every event in every state is tried; where the figure has no arrow, nothing may change.
 */
public class MachinesTest {
  private static final String INVITE_CLIENT =
      """
      CALLING     R1XX             PROCEEDING  PASS_UP
      CALLING     R2XX             ACCEPTED    PASS_UP
      CALLING     R3XX_6XX         COMPLETED   SEND_ACK PASS_UP
      CALLING     TIMER_A          CALLING     SEND_REQUEST
      CALLING     TIMER_B          TERMINATED  TELL_TIMEOUT
      CALLING     TRANSPORT_ERROR  TERMINATED  TELL_TRANSPORT_ERROR
      PROCEEDING  R1XX             PROCEEDING  PASS_UP
      PROCEEDING  R2XX             ACCEPTED    PASS_UP
      PROCEEDING  R3XX_6XX         COMPLETED   SEND_ACK PASS_UP
      PROCEEDING  TIMER_CANCELLED  TERMINATED  TELL_TIMEOUT
      COMPLETED   R3XX_6XX         COMPLETED   SEND_ACK
      COMPLETED   TRANSPORT_ERROR  TERMINATED  TELL_TRANSPORT_ERROR
      COMPLETED   TIMER_D          TERMINATED
      ACCEPTED    R2XX             ACCEPTED    PASS_UP
      ACCEPTED    TIMER_M          TERMINATED
      """;

  private static final String NON_INVITE_CLIENT =
      """
      TRYING      R1XX             PROCEEDING  PASS_UP
      TRYING      R2XX_6XX         COMPLETED   PASS_UP
      TRYING      TIMER_E          TRYING      SEND_REQUEST
      TRYING      TIMER_F          TERMINATED  TELL_TIMEOUT
      TRYING      TRANSPORT_ERROR  TERMINATED  TELL_TRANSPORT_ERROR
      PROCEEDING  R1XX             PROCEEDING  PASS_UP
      PROCEEDING  R2XX_6XX         COMPLETED   PASS_UP
      PROCEEDING  TIMER_E          PROCEEDING  SEND_REQUEST
      PROCEEDING  TIMER_F          TERMINATED  TELL_TIMEOUT
      PROCEEDING  TRANSPORT_ERROR  TERMINATED  TELL_TRANSPORT_ERROR
      COMPLETED   TIMER_K          TERMINATED
      """;

  private static final String INVITE_SERVER =
      """
      PROCEEDING  INVITE           PROCEEDING  RESEND
      PROCEEDING  TU_1XX           PROCEEDING  SEND_RESPONSE
      PROCEEDING  TU_2XX           ACCEPTED    SEND_RESPONSE
      PROCEEDING  TU_3XX_6XX       COMPLETED   SEND_RESPONSE
      PROCEEDING  TIMER_TRYING     PROCEEDING  SEND_TRYING
      PROCEEDING  TRANSPORT_ERROR  PROCEEDING  TELL_TRANSPORT_ERROR
      COMPLETED   INVITE           COMPLETED   RESEND
      COMPLETED   ACK              CONFIRMED   TELL_ACK
      COMPLETED   TIMER_G          COMPLETED   RESEND
      COMPLETED   TIMER_H          TERMINATED  TELL_TIMEOUT
      COMPLETED   TRANSPORT_ERROR  COMPLETED   TELL_TRANSPORT_ERROR
      CONFIRMED   TIMER_I          TERMINATED
      ACCEPTED    TU_2XX           ACCEPTED    SEND_RESPONSE
      ACCEPTED    ACK              ACCEPTED    PASS_ACK
      ACCEPTED    TIMER_L          TERMINATED
      ACCEPTED    TRANSPORT_ERROR  ACCEPTED    TELL_TRANSPORT_ERROR
      """;

  private static final String NON_INVITE_SERVER =
      """
      TRYING      TU_1XX           PROCEEDING  SEND_RESPONSE
      TRYING      TU_2XX_6XX       COMPLETED   SEND_RESPONSE
      TRYING      TU_408           COMPLETED   WITHHOLD
      TRYING      TIMER_TRYING     PROCEEDING  SEND_TRYING
      PROCEEDING  REQUEST          PROCEEDING  RESEND
      PROCEEDING  TU_1XX           PROCEEDING  SEND_RESPONSE
      PROCEEDING  TU_2XX_6XX       COMPLETED   SEND_RESPONSE
      PROCEEDING  TU_408           COMPLETED   WITHHOLD
      PROCEEDING  TRANSPORT_ERROR  PROCEEDING  TELL_TRANSPORT_ERROR
      COMPLETED   REQUEST          COMPLETED   RESEND
      COMPLETED   TIMER_J          TERMINATED
      COMPLETED   TRANSPORT_ERROR  COMPLETED   TELL_TRANSPORT_ERROR
      """;

  @Test
  public void invite_client_follows_figure_5_of_rfc_6026() {
    walk(INVITE_CLIENT, InviteClient.State.class, InviteClient.Event.class, InviteClient::step);
  }

  @Test
  public void non_invite_client_follows_figure_6_of_rfc_3261() {
    walk(
        NON_INVITE_CLIENT,
        NonInviteClient.State.class,
        NonInviteClient.Event.class,
        NonInviteClient::step);
  }

  @Test
  public void invite_server_follows_figure_7_of_rfc_6026() {
    walk(INVITE_SERVER, InviteServer.State.class, InviteServer.Event.class, InviteServer::step);
  }

  @Test
  public void non_invite_server_follows_figure_8_of_rfc_3261_as_rfc_4320_and_6026_change_it() {
    walk(
        NON_INVITE_SERVER,
        NonInviteServer.State.class,
        NonInviteServer.Event.class,
        NonInviteServer::step);
  }

  @Test
  public void timer_b_does_not_run_in_proceeding() {
    assertEquals(InviteClient.State.CALLING.lasting(), Timer.B);
    assertEquals(InviteClient.State.PROCEEDING.lasting(), Timer.CANCELLED);
    assertNull(InviteClient.State.PROCEEDING.repeating());
  }

  @Test
  public void timer_e_runs_on_in_proceeding() {
    assertEquals(NonInviteClient.State.PROCEEDING.repeating(), Timer.E);
    assertEquals(NonInviteClient.State.PROCEEDING.lasting(), Timer.F);
  }

  @Test
  public void every_state_but_proceeding_and_the_last_has_a_timer_that_ends_it() {
    for (MachineState state :
        List.of(
            InviteClient.State.CALLING,
            InviteClient.State.COMPLETED,
            InviteClient.State.ACCEPTED,
            NonInviteClient.State.TRYING,
            NonInviteClient.State.PROCEEDING,
            NonInviteClient.State.COMPLETED,
            InviteServer.State.COMPLETED,
            InviteServer.State.CONFIRMED,
            InviteServer.State.ACCEPTED,
            NonInviteServer.State.COMPLETED)) {
      assertNotNull(state.lasting(), state.toString());
    }
  }

  @Test
  public void states_go_by_the_same_names_outside() {
    for (MachineState[] states :
        List.of(
            InviteClient.State.values(),
            NonInviteClient.State.values(),
            InviteServer.State.values(),
            NonInviteServer.State.values())) {
      for (MachineState state : states) {
        assertEquals(state.stage().name(), state.toString());
      }
    }
  }

  private static <S extends Enum<S> & MachineState, E extends Enum<E>, A> void walk(
      String figure, Class<S> states, Class<E> events, BiFunction<S, E, Step<S, A>> machine) {
    Map<String, String> arrows = new HashMap<>();
    for (String line : figure.lines().toList()) {
      String[] words = line.trim().split(" +");
      String actions = String.join(" ", Arrays.copyOfRange(words, 3, words.length));
      String before = arrows.put(words[0] + " " + words[1], words[2] + " " + actions);
      assertNull(before, "twice in the figure: " + line);
    }
    Set<String> reached = new HashSet<>();
    int tried = 0;
    for (S state : states.getEnumConstants()) {
      for (E event : events.getEnumConstants()) {
        Step<S, A> step = machine.apply(state, event);
        String actual =
            step.next()
                + " "
                + step.actions().stream().map(Object::toString).collect(Collectors.joining(" "));
        String arrow = arrows.remove(state + " " + event);
        assertEquals(actual, arrow == null ? state + " " : arrow, state + " x " + event);
        if (arrow != null) {
          reached.add(step.next().name());
        }
        tried++;
      }
    }
    assertTrue(arrows.isEmpty(), "no such state or event: " + arrows);
    assertEquals(tried, states.getEnumConstants().length * events.getEnumConstants().length);
    assertTrue(reached.contains("TERMINATED"));
    assertFalse(figure.contains("\nTERMINATED"), "nothing happens after the end");
  }
}
