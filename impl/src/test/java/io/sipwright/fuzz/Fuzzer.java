package io.sipwright.fuzz;

/** Where Jazzer comes in; it isn't needed to compile this. See docs/fuzzing.md. */
public final class Fuzzer {
  private static Target target = Target.MESSAGE;

  private Fuzzer() {}

  /** Takes the name of a {@link Target}. */
  public static void fuzzerInitialize(String[] args) {
    target = Target.valueOf(args[0]);
    Property.withoutMeasuring();
  }

  /** Called with input after input. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.check(input);
  }
}
