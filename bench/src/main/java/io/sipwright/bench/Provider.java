package io.sipwright.bench;

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
  static Provider sipwright(String classPath) {
    return new Provider("sipwright", "io.sipwright", classPath, List.of());
  }

  /** The old reference implementation, tuned as its users tune it. */
  static Provider jainSipRi(String classPath) {
    String prefix = "gov.nist.javax.sip.";
    return new Provider(
        "jain-sip-ri",
        "gov.nist",
        classPath,
        List.of(
            prefix + "TRACE_LEVEL=0",
            prefix + "REENTRANT_LISTENER=true",
            prefix + "THREAD_POOL_SIZE=4",
            prefix + "RECEIVE_UDP_BUFFER_SIZE=4194304",
            prefix + "SEND_UDP_BUFFER_SIZE=4194304",
            prefix + "LOG_MESSAGE_CONTENT=false",
            prefix + "CACHE_SERVER_CONNECTIONS=true",
            prefix + "MAX_MESSAGE_SIZE=8192"));
  }
}
