package io.sipwright.javax.sip.message;

/**
 * How much one message may cost.
 *
 * @param messageSize longest message in bytes, body included
 * @param headerCount most header lines
 * @param headerLine longest start line or header line in bytes, folded lines included; below 64,000
 */
public record Limits(int messageSize, int headerCount, int headerLine) {
  /** 1 MiB; 512 header lines; 16 KiB a line. */
  public static final Limits DEFAULT = new Limits(1 << 20, 512, 16 << 10);

  /** Those that every message keeps. */
  static final Limits WIDEST = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, 63_999);

  private static final int MAX_HEADER_LINE = 64_000;

  /** Checks the ranges. */
  public Limits {
    if (messageSize <= 0 || headerCount <= 0 || headerLine <= 0 || headerLine >= MAX_HEADER_LINE) {
      throw new IllegalArgumentException(
          "limits must be positive and the header line below 64,000: "
              + messageSize
              + ", "
              + headerCount
              + ", "
              + headerLine);
    }
  }
}
