package io.sipwright.stack;

import static io.sipwright.stack.Names.BOTH;
import static io.sipwright.stack.Names.OWN;
import static io.sipwright.stack.ValueKind.FLAG;
import static io.sipwright.stack.ValueKind.limit;
import static io.sipwright.stack.ValueKind.limitByHeap;
import static io.sipwright.stack.ValueKind.number;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of transactions. */
enum TransactionProperty implements ConfigKey {
  T1(OWN, number(1, 60_000, "ms"), "500", "Estimate of the round-trip time (RFC 3261 §17.1.1.1)."),
  T2(
      OWN,
      number(1, 600_000, "ms"),
      "4000",
      "Longest interval between retransmissions of non-INVITE requests and INVITE responses."),
  T4(OWN, number(1, 600_000, "ms"), "5000", "Longest time a message stays in the network."),
  MAX_TX_LIFETIME_INVITE(
      BOTH,
      limit(86_400, "s"),
      "0",
      "An INVITE transaction that is still there after this time ends with a timeout event."),
  MAX_TX_LIFETIME_NON_INVITE(BOTH, limit(86_400, "s"), "0", "The same for the other methods."),
  MAX_LISTENER_RESPONSE_TIME(
      BOTH,
      limit(86_400, "s"),
      "240",
      "A server transaction through which the program has sent nothing at all for this long, not"
          + " even a provisional response, ends with a timeout event; an INVITE is answered 500."),
  MAX_SERVER_TRANSACTIONS(
      BOTH,
      limitByHeap(1024, 8_000_000),
      "auto",
      "Most server transactions at a time; further requests that would make one are answered"
          + " 503."),
  MAX_CLIENT_TRANSACTIONS(
      BOTH,
      limit(100_000_000, ""),
      "0",
      "Most client transactions at a time; the program gets a `TransactionUnavailableException` for"
          + " further ones."),
  RFC_2543_SUPPORT_ENABLED(
      BOTH,
      FLAG,
      "true",
      "Matches requests whose Via branch lacks the cookie `z9hG4bK` by the rules of RFC 2543;"
          + " `false` answers them 400."),
  CANCEL_CLIENT_TRANSACTION_CHECKED(
      BOTH,
      FLAG,
      "true",
      "`false` sends a CANCEL also if the stack knows no INVITE it's for; otherwise that's a"
          + " `SipException`."),
  SERVER_LOOP_DETECTION(
      BOTH,
      FLAG,
      "true",
      "`false` hands merged requests to the program instead of answering 482; providers can be set"
          + " apart by `ExtendedProvider.setLoopDetectionEnabled`."),
  REJECT_STRAY_RESPONSES(
      BOTH,
      FLAG,
      "false",
      "`true` drops responses that fit neither a transaction nor a dialog, instead of delivering"
          + " them; those to requests sent without a transaction are among them.");

  @SuppressWarnings("ImmutableEnumChecker") // nothing of a row changes
  private final ConfigRow row;

  TransactionProperty(
      List<String> names, ValueKind kind, @Nullable String defaultText, String meaning) {
    row = new ConfigRow(name(), names, kind, defaultText, meaning);
  }

  @Override
  public ConfigRow row() {
    return row;
  }
}
