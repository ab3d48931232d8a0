package io.sipwright.javax.sip.message;

/**
 * How much one message may cost.
 *
 * @param messageSize longest message in bytes, body included
 * @param headerCount most header lines
 * @param headerLine longest start line or header line in bytes, folded lines included; below 64,000
 * @param headerValues most header lines and values of lists, such as Via and Supported, besides one
 *     for each {@value #BYTES_OF_VALUE} bytes of header lines
 */
public record Limits(int messageSize, int headerCount, int headerLine, int headerValues) {
  /** For so many bytes of header lines a message may have a value. */
  static final int BYTES_OF_VALUE = 32;

  private static final int HEADER_VALUES = 64;

  /** 1 MiB; 512 header lines; 16 KiB a line; 64 short values. */
  public static final Limits DEFAULT = new Limits(1 << 20, 512, 16 << 10);

  /** Those that every message keeps. */
  static final Limits WIDEST =
      new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, 63_999, Integer.MAX_VALUE);

  private static final int MAX_HEADER_LINE = 64_000;

  /** With 64 short values. */
  public Limits(int messageSize, int headerCount, int headerLine) {
    this(messageSize, headerCount, headerLine, HEADER_VALUES);
  }

  /** Checks the ranges. */
  public Limits {
    boolean positive = messageSize > 0 && headerCount > 0 && headerLine > 0 && headerValues > 0;
    if (!positive || headerLine >= MAX_HEADER_LINE) {
      throw new IllegalArgumentException(
          "limits must be positive and the header line below 64,000: "
              + messageSize
              + ", "
              + headerCount
              + ", "
              + headerLine
              + ", "
              + headerValues);
    }
  }
}
