package io.sipwright.fuzz;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What is fuzzed: a check of any bytes at all, and the inputs to begin with. */
public enum Target {
  /** Whole messages. */
  MESSAGE(MessageFuzz::check, Seeds::messages),
  /** A header's value, of the row that the first byte tells. */
  HEADER(HeaderFuzz::check, Seeds::headers),
  /** A text for the setter that the first two bytes tell. */
  SETTER(SetterFuzz::check, Seeds::setters),
  /** URIs and addresses. */
  URI(UriFuzz::check, Seeds::uris),
  /** Bytes of a stream that holds messages, cut at places that the first byte tells. */
  STREAM(StreamFuzz::check, Seeds::streams),
  /** A body behind a line with its Content-Type, and fragments of messages. */
  BODY(BodyFuzz::check, Seeds::bodies);

  @SuppressWarnings("ImmutableEnumChecker") // a method reference
  private final Consumer<byte[]> check;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference
  private final Supplier<List<byte[]>> seeds;

  Target(Consumer<byte[]> check, Supplier<List<byte[]>> seeds) {
    this.check = check;
    this.seeds = seeds;
  }

  /** Fails with an {@link AssertionError}, or what else must not be thrown, if they break it. */
  public void check(byte[] input) {
    check.accept(input);
  }

  /** Inputs from which others can be made. */
  public List<byte[]> seeds() {
    return seeds.get();
  }
}
