package io.sipwright.stack;

import static io.sipwright.stack.Names.BOTH;
import static io.sipwright.stack.Names.OWN;
import static io.sipwright.stack.ValueKind.FLAG;
import static io.sipwright.stack.ValueKind.limitByHeap;
import static io.sipwright.stack.ValueKind.number;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of dialogs. */
enum DialogProperty implements ConfigKey {
  AUTOMATIC_DIALOG_ERROR_HANDLING(
      BOTH,
      FLAG,
      "true",
      "`false` leaves it to the program to answer merged requests (482) and what fits no dialog or"
          + " not into its sequence (481, 491, 500)."),
  IS_BACK_TO_BACK_USER_AGENT(
      BOTH,
      FLAG,
      "false",
      "`true` makes INVITEs in a dialog that meet others wait for their turn: the program's are"
          + " sent, and the peer's handed over, when those before have their final response and"
          + " ACK, in place of an exception or a 491 or 500. One of the peer's that met one of ours"
          + " waits for 2 s, then it's answered 491."),
  ANSWER_491_TO_OVERLAPPING_INVITE(
      OWN,
      FLAG,
      "false",
      "`true` answers 491 to an INVITE that comes before the peer's INVITE before it has its final"
          + " response, as an old habit was; RFC 3261 §14.2 wants 500 with Retry-After."),
  LOOSE_DIALOG_VALIDATION(
      BOTH, FLAG, "false", "`true` accepts requests in a dialog whose CSeq number is too low."),
  DIALOGS_END_WITH_SUBSCRIPTIONS(
      OWN,
      FLAG,
      "true",
      "A dialog ends with the last of its usages (RFC 5057): its session, and the subscriptions of"
          + " SUBSCRIBE and REFER, which end by NOTIFY, by failure, or by their time (RFC 6665)."
          + " `false` keeps no count of subscriptions, as an old habit was: a BYE ends the dialog"
          + " whatever there's left, and one without session ends by `delete()`."),
  MAX_DIALOGS(
      OWN,
      limitByHeap(2048, 4_000_000),
      "auto",
      "Most dialogs at a time: further requests that would make one are answered 503, and the"
          + " program gets a `TransactionUnavailableException`."),
  MAX_FORKS(
      OWN,
      number(1, 10_000, "dialogs"),
      "64",
      "Most dialogs that the answers to one INVITE or SUBSCRIBE may make; answers with further To"
          + " tags are dropped."),
  MAX_RECORD_ROUTES(
      OWN,
      number(1, 10_000, "values"),
      "64",
      "Most Record-Route values of a message that makes a dialog: a request with more is answered"
          + " 400, a response dropped."),
  MAX_FORK_TIME_SECONDS(
      BOTH,
      number(0, 86_400, "s"),
      "32",
      "How long after its first 2xx the INVITE's transaction takes those of a fork's other"
          + " branches; less than 64·T1 counts as 64·T1 (RFC 6026)."),
  EARLY_DIALOG_TIMEOUT_SECONDS(
      BOTH,
      number(1, 86_400, "s"),
      "180",
      "How long a dialog may stay early after its last provisional response; then it ends."),
  REMOTE_TAG_REASSIGNMENT_ALLOWED(
      BOTH,
      FLAG,
      "false",
      "`true` takes another To tag in a later response to an INVITE for the same peer's, where the"
          + " dialog is still early, as peers of RFC 2543 may do: the dialog gets that tag. With"
          + " `false` it is another dialog (RFC 3261 §13.2.2.4)."),
  DIALOG_TIMEOUT_FACTOR(
      BOTH,
      number(1, 100_000, ""),
      "64",
      "How many T1 a 2xx to INVITE waits for its ACK, from the peer or from the program; then the"
          + " dialog ends, or an `ExtendedListener` is told. RFC 3261 §13.3.1.4 wants 64.");

  @SuppressWarnings("ImmutableEnumChecker") // nothing of a row changes
  private final ConfigRow row;

  DialogProperty(List<String> names, ValueKind kind, @Nullable String defaultText, String meaning) {
    row = new ConfigRow(name(), names, kind, defaultText, meaning);
  }

  @Override
  public ConfigRow row() {
    return row;
  }
}
