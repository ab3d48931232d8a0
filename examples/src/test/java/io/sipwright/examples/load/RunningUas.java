package io.sipwright.examples.load;

import io.sipwright.examples.RunningCommand;

/** The answering program at work in this JVM, on free ports. */
public final class RunningUas extends RunningCommand {
  /** Starts it on free ports for UDP and TCP; with these options besides. */
  public RunningUas(String... options) {
    super(UasCommand::new, onFreePorts(options));
  }
}
