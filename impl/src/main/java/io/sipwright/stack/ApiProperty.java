package io.sipwright.stack;

import static io.sipwright.stack.Names.API;
import static io.sipwright.stack.ValueKind.FLAG;
import static io.sipwright.stack.ValueKind.SWITCH;
import static io.sipwright.stack.ValueKind.TEXT;
import static io.sipwright.stack.ValueKind.tokens;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of the JAIN SIP API itself. */
enum ApiProperty implements ConfigKey {
  STACK_NAME(API, TEXT, null, "Name of the stack, for people and logs; must be given."),
  IP_ADDRESS(
      API,
      TEXT,
      null,
      "Default address of listening points made by the deprecated"
          + " `createListeningPoint(port, transport)`, and part of what tells one stack of"
          + " `SipFactory` from another."),
  OUTBOUND_PROXY(
      API,
      TEXT,
      null,
      "Where requests without a Route go first: `host:port/transport`. A router of one's own gets"
          + " the text as it is."),
  ROUTER_PATH(
      API,
      TEXT,
      null,
      "Class name of the router, an implementation of `javax.sip.address.Router` with a constructor"
          + " `(SipStack, String outboundProxy)`. Without it Sipwright's own router is used."),
  USE_ROUTER_FOR_ALL_URIS(
      API, FLAG, "true", "`false` asks the router only about requests whose URI is not a SIP URI."),
  EXTENSION_METHODS(
      API,
      tokens(':', List.of("ACK", "BYE", "CANCEL", "PRACK")),
      "",
      "Methods that make dialogs besides INVITE, SUBSCRIBE and REFER, as in `FOO:BAR`."),
  RETRANSMISSION_FILTER(
      API,
      SWITCH,
      "off",
      "`on` makes the stack retransmit 2xx responses and ACKs for the program also where there's"
          + " no dialog, and keeps repeated ones from it."),
  AUTOMATIC_DIALOG_SUPPORT(
      API,
      SWITCH,
      "on",
      "`off` makes no dialogs but those the program asks for: right for proxies."),
  FORKABLE_EVENTS(
      API,
      tokens(',', List.of()),
      "",
      "Event packages whose SUBSCRIBE may be answered by NOTIFYs from several places, each a dialog"
          + " of its own. With other packages the first one makes the dialog and the rest are"
          + " answered 481.");

  @SuppressWarnings("ImmutableEnumChecker") // nothing of a row changes
  private final ConfigRow row;

  ApiProperty(List<String> names, ValueKind kind, @Nullable String defaultText, String meaning) {
    row = new ConfigRow(name(), names, kind, defaultText, meaning);
  }

  @Override
  public ConfigRow row() {
    return row;
  }
}
