package io.sipwright.examples.load;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that set properties of the stack a program runs on. */
final class StackOptions {
  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description =
          "A property of the stack, as in io.sipwright.T1=200; may be given several times")
  private Map<String, String> properties = new LinkedHashMap<>();

  /** Puts what was given over what is there. */
  void addTo(Map<String, String> all) {
    all.putAll(properties);
  }
}
