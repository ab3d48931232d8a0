package io.sipwright.proxy;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import javax.sip.message.Request;

/**
 * How many branches of a request may be under way at a time, all proxies taken together: the
 * Max-Breadth header (RFC 5393 §5). It keeps requests that fork again and again from multiplying.
 *
 * <pre>
 * int breadth = MaxBreadth.of(request);
 * if (breadth &lt; targets.size()) { … forward to fewer at a time, or answer 440 }
 * List&lt;Integer&gt; shares = MaxBreadth.split(breadth, targets.size());
 * MaxBreadth.set(forward, shares.get(i), headers);
 * </pre>
 */
public final class MaxBreadth {
  /** The name of the header. */
  public static final String NAME = "Max-Breadth";

  /** What a request without it has, and the most that's taken from one with it (§5.3.3). */
  public static final int DEFAULT = 60;

  /** What to answer where there's none left: 440 (Max-Breadth Exceeded). */
  public static final int EXCEEDED = 440;

  private MaxBreadth() {}

  /**
   * The breadth of a request as it came: {@link #DEFAULT} if it says more, none, or nothing that
   * can be read.
   */
  public static int of(Request request) {
    Header header = request.getHeader(NAME);
    if (header == null) {
      return DEFAULT;
    }
    String text = header.toString();
    String digits = text.substring(text.indexOf(':') + 1).strip();
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return DEFAULT;
    }
    return digits.length() > 9 ? DEFAULT : Math.min(DEFAULT, Integer.parseInt(digits));
  }

  /**
   * Divides a breadth among branches that are sent at the same time: their sum isn't higher than
   * what came (RFC 5393 §5.3.3.1), and none gets less than 1.
   *
   * @param breadth of the request that came
   * @param branches 1 or more
   * @return a share for each branch, the earlier ones as high as the later ones or higher by one
   * @throws IllegalArgumentException if there are no branches, or more than the breadth: some must
   *     wait then, or the request be answered 440
   */
  public static List<Integer> split(int breadth, int branches) {
    if (branches < 1 || branches > breadth) {
      throw new IllegalArgumentException(
          "A breadth of " + breadth + " can't be divided among " + branches + " branches");
    }
    List<Integer> shares = new ArrayList<>(branches);
    for (int i = 0; i < branches; i++) {
      shares.add(breadth / branches + (i < breadth % branches ? 1 : 0));
    }
    return shares;
  }

  /**
   * Puts a breadth into a request that's forwarded.
   *
   * @param breadth 1 or more
   * @throws IllegalArgumentException if it's less
   */
  public static void set(Request request, int breadth, HeaderFactory headers) {
    if (breadth < 1) {
      throw new IllegalArgumentException("A breadth is 1 or more, not " + breadth);
    }
    try {
      request.setHeader(headers.createHeader(NAME, Integer.toString(breadth)));
    } catch (ParseException e) {
      throw new IllegalStateException(e); // digits
    }
  }
}
