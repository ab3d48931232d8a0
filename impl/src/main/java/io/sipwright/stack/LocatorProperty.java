package io.sipwright.stack;

import static io.sipwright.stack.Names.OWN;
import static io.sipwright.stack.ValueKind.DNS_ADDRESSES;
import static io.sipwright.stack.ValueKind.FLAG;
import static io.sipwright.stack.ValueKind.TEXT;
import static io.sipwright.stack.ValueKind.limit;
import static io.sipwright.stack.ValueKind.number;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of how servers are located. */
enum LocatorProperty implements ConfigKey {
  SERVICE_RECORDS(
      OWN,
      FLAG,
      "true",
      "`false` asks the DNS for addresses only, and not for NAPTR and SRV records."),
  DNS_SERVERS(
      OWN,
      DNS_ADDRESSES,
      "",
      "Name servers to ask, in this order, as in `192.0.2.53, [2001:db8::53]:5353`; and nobody"
          + " else. Without them those of the operating system, and for names they don't know the"
          + " system's own look-up."),
  DNS_TIMEOUT(
      OWN,
      number(1, 60_000, "ms"),
      "2000",
      "How long to wait for a name server's answer before the next try."),
  DNS_TRIES(
      OWN,
      number(1, 20, ""),
      "3",
      "How often a question is asked, all name servers taken together."),
  DNS_CACHE_SIZE(
      OWN,
      number(0, 10_000_000, "records"),
      "20000",
      "Most records, and answers without any, that are remembered until their TTL is over."),
  ENUM_SUFFIX(
      OWN,
      TEXT,
      null,
      "Turns on ENUM (RFC 6116): the domain that numbers of `tel` URIs are looked up under, as in"
          + " `e164.arpa`."),
  FAILED_TARGET_HOLD_TIME(
      OWN,
      limit(3_600_000, "ms"),
      "60000",
      "How long a server that failed is tried last, where there are others. `0` turns the memory"
          + " off, but for Retry-After."),
  WAIT_FOR_LOOKUP(
      OWN,
      FLAG,
      "false",
      "`true` makes `sendRequest` wait for the DNS, and throw a `SipException` if there's no"
          + " server, for programs that expect that; otherwise it returns at once, and a failure"
          + " comes as an `IOExceptionEvent`. Not to be used with an `inline` listener."),
  ADDRESS_RESOLVER(
      OWN,
      TEXT,
      null,
      "Class name of an `io.sipwright.locator.AddressResolver` with a public constructor without"
          + " arguments, which may replace each hop.");

  @SuppressWarnings("ImmutableEnumChecker") // nothing of a row changes
  private final ConfigRow row;

  LocatorProperty(
      List<String> names, ValueKind kind, @Nullable String defaultText, String meaning) {
    row = new ConfigRow(name(), names, kind, defaultText, meaning);
  }

  @Override
  public ConfigRow row() {
    return row;
  }
}
