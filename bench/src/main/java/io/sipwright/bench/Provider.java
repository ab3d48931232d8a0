package io.sipwright.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A provider of {@code javax.sip} to measure.
 *
 * @param name for the report
 * @param pathName for {@code SipFactory.setPathName}
 * @param classPath of the process
 * @param properties {@code key=value} for the stack
 */
record Provider(String name, String pathName, String classPath, List<String> properties) {
  /** Properties of the keys for TLS go to both stacks. */
  static Provider sipwright(String classPath, List<String> keys) {
    return new Provider("sipwright", "io.sipwright", classPath, keys);
  }

  /** The old reference implementation, tuned as its users tune it. */
  static Provider jainSipRi(String classPath, String transport, List<String> keys) {
    String prefix = "gov.nist.javax.sip.";
    List<String> properties =
        new ArrayList<>(
            List.of(
                prefix + "TRACE_LEVEL=0",
                prefix + "REENTRANT_LISTENER=true",
                prefix + "THREAD_POOL_SIZE=4",
                prefix + "RECEIVE_UDP_BUFFER_SIZE=4194304",
                prefix + "SEND_UDP_BUFFER_SIZE=4194304",
                prefix + "LOG_MESSAGE_CONTENT=false",
                prefix + "CACHE_SERVER_CONNECTIONS=true",
                prefix + "MAX_MESSAGE_SIZE=8192"));
    if (transport.startsWith("ws") || transport.equals("tls")) {
      // The one of its two kinds of I/O that has WebSockets, and that takes a key from properties.
      properties.add(
          prefix + "MESSAGE_PROCESSOR_FACTORY=" + prefix + "stack.NioMessageProcessorFactory");
    }
    if (!keys.isEmpty()) {
      properties.addAll(keys);
      properties.add(prefix + "TLS_CLIENT_AUTH_TYPE=DisabledAll");
      properties.add(prefix + "TLS_CLIENT_PROTOCOLS=TLSv1.2");
      properties.add(prefix + "ENABLED_CIPHER_SUITES=" + StreamLine.CIPHER_SUITE);
    }
    return new Provider("jain-sip-ri", "gov.nist", classPath, properties);
  }
}
