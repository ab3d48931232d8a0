package io.sipwright.examples.proxy;

import io.sipwright.examples.RunningCommand;

/** The proxy at work in this JVM, on free ports. */
final class RunningProxy extends RunningCommand {
  /** Starts it on free ports for UDP and TCP; with these options besides. */
  RunningProxy(String... options) {
    super(ProxyCommand::new, onFreePorts(options));
  }
}
