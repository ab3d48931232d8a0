package io.sipwright.javax.sip.message;

/** Reason phrases of status codes. */
@SuppressWarnings("DoNotCallSuggester")
public final class ReasonPhrases {
  private ReasonPhrases() {}

  /** The phrase of a status code. */
  public static String of(int status) {
    throw new UnsupportedOperationException("" + status);
  }
}
