package io.sipwright.stack;

import java.util.Map;
import java.util.TreeMap;

/**
 * Properties of the old reference stack that existing programs set and that Sipwright takes without
 * effect: name to the reason.
 */
final class IgnoredKeys {
  private static final String OLD = "gov.nist.javax.sip.";
  private static final Map<String, String> REASONS = new TreeMap<>();

  static {
    row(
        "logging goes through slf4j, to the logger `io.sipwright.wire` for messages",
        "TRACE_LEVEL",
        "DEBUG_LOG",
        "DEBUG_LOG_OVERWRITE",
        "SERVER_LOG",
        "SERVER_LOG_OVERWRITE",
        "STACK_LOGGER",
        "SERVER_LOGGER",
        "LOG4J_LOGGER_NAME",
        "LOG_FACTORY",
        "LOG_STACK_TRACE_ON_MESSAGE_SEND");
    row(
        "classes of the old stack's inside can't be replaced here",
        "MESSAGE_PROCESSOR_FACTORY",
        "MESSAGE_PARSER_FACTORY",
        "NETWORK_LAYER",
        "ADDRESS_RESOLVER",
        "SIP_MESSAGE_VALVE",
        "SIP_EVENT_INTERCEPTOR",
        "TIMER_CLASS_NAME",
        "SECURITY_MANAGER_PROVIDER",
        "TLS_SECURITY_POLICY");
    row("renegotiation is always refused", "SSL_RENEGOTIATION_ENABLED");
    row("set TLS_VERIFY_PEERS or the outbound proxy in its place", "USE_TLS_GATEWAY");
    row(
        "hosts in `.invalid` lead to the WebSocket they came over, and need no patch",
        "PATCH_SIP_WEBSOCKETS_HEADERS");
    row(
        "what lingers is small, and is let go when its RFC timer has run",
        "AGGRESSIVE_CLEANUP",
        "RELEASE_REFERENCES_STRATEGY");
    row(
        "I/O never blocks, and has threads of its own",
        "TCP_POST_PARSING_THREAD_POOL_SIZE",
        "NIO_BLOCKING_MODE",
        "stack.USE_DIRECT_BUFFERS",
        "THREAD_AUDIT_INTERVAL_IN_MILLISECS",
        "THREAD_PRIORITY");
    row("small packets are never held back", "TCP_NODELAY");
    row(
        "what is sent again is the same bytes, with the time of the first",
        "AUTO_GENERATE_TIMESTAMP");
    row("`ListeningPoint.setSentBy` says under which address peers reach it", "STUN_SERVER");
    REASONS.put(
        "gov.nist.core.STRIP_ADDR_SCOPES", "addresses are written without scope where SIP asks so");
  }

  private IgnoredKeys() {}

  private static void row(String reason, String... names) {
    for (String name : names) {
      REASONS.put(OLD + name, reason);
    }
  }

  /** Whole names, in order, each with the reason why it has no effect. */
  static Map<String, String> reasons() {
    return java.util.Collections.unmodifiableMap(REASONS);
  }
}
