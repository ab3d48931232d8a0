package io.sipwright.proxy;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sip.header.CSeqHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * Tells loops from spirals (RFC 5393 §4.2, RFC 3261 §16.3 step 4, §16.6 step 8): a proxy puts a
 * digest of all that its routing depends on into the branches it makes, and looks for its own Vias
 * in requests that come. The same digest again is a loop, to be answered 482; another one a spiral,
 * which is fine.
 *
 * <pre>
 * LoopDetection loops = new LoopDetection(Set.of("10.0.0.1:5060"));
 * if (loops.check(request) == LoopDetection.Verdict.LOOP) { … 482 }
 * Request forward = (Request) request.clone();
 * ViaHeader via = headers.createViaHeader("10.0.0.1", 5060, "udp", loops.branch(request));
 * forward.addFirst(via);
 * </pre>
 *
 * <p>Nobody else can make a digest: it's made with a key of this object's own. Safe for use by
 * several threads.
 */
public final class LoopDetection {
  private static final String COOKIE = "z9hG4bK";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int DIGEST_BYTES = 12;
  private static final int UNIQUE_BYTES = 12;

  /**
   * What the routing of a proxy may depend on, besides the Request-URI and the From, To and CSeq.
   */
  private static final List<String> ROUTING = List.of("Route", "Proxy-Require");

  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  /** What a request is to a proxy. */
  public enum Verdict {
    /** It never was here. */
    NEW,
    /** It was here, on its way to somewhere else: it may go on. */
    SPIRAL,
    /** It was here just as it is: 482 (Loop Detected). */
    LOOP
  }

  private final SecureRandom random = new SecureRandom();
  private final Set<String> own = new TreeSet<>();
  private final SecretKeySpec key;

  /**
   * For a proxy.
   *
   * @param sentBys the sent-by of its Vias, each {@code host:port}, or {@code host} for Vias
   *     without a port
   */
  public LoopDetection(Set<String> sentBys) {
    for (String sentBy : sentBys) {
      own.add(lower(sentBy));
    }
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * The branch for the Via that a proxy adds: unique, with the digest of the request behind it.
   *
   * @param request as it came, before anything was changed
   */
  public String branch(Request request) {
    byte[] unique = new byte[UNIQUE_BYTES];
    random.nextBytes(unique);
    return COOKIE + TEXT.encodeToString(unique) + "." + digest(request);
  }

  /**
   * What a request is.
   *
   * @param request as it came
   */
  public Verdict check(Request request) {
    Verdict verdict = Verdict.NEW;
    String digest = null;
    for (Iterator<?> vias = request.getHeaders(ViaHeader.NAME); vias.hasNext(); ) {
      if (vias.next() instanceof ViaHeader via && isOwn(via)) {
        String branch = via.getBranch();
        int dot = branch == null ? -1 : branch.indexOf('.');
        if (branch == null || dot < 0) {
          continue; // made without a digest
        }
        digest = digest == null ? digest(request) : digest;
        if (branch.substring(dot + 1).equals(digest)) {
          return Verdict.LOOP;
        }
        verdict = Verdict.SPIRAL;
      }
    }
    return verdict;
  }

  private boolean isOwn(ViaHeader via) {
    String host = lower(via.getHost());
    return own.contains(via.getPort() < 0 ? host : host + ":" + via.getPort());
  }

  /** Everything that RFC 5393 §4.2.1 names: all that may lead a request another way. */
  private String digest(Request request) {
    StringBuilder text = new StringBuilder(256);
    add(text, String.valueOf(request.getRequestURI()));
    add(text, request.getHeader(ToHeader.NAME) instanceof ToHeader to ? to.getTag() : null);
    add(text, request.getHeader(FromHeader.NAME) instanceof FromHeader from ? from.getTag() : null);
    add(text, String.valueOf(request.getHeader("Call-ID")));
    add(
        text,
        request.getHeader(CSeqHeader.NAME) instanceof CSeqHeader cseq
            ? Long.toString(cseq.getSeqNumber())
            : null);
    for (String name : ROUTING) {
      for (Iterator<?> headers = request.getHeaders(name); headers.hasNext(); ) {
        add(text, String.valueOf(headers.next()));
      }
      add(text, null);
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] whole = mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8));
      byte[] part = new byte[DIGEST_BYTES];
      System.arraycopy(whole, 0, part, 0, part.length);
      return TEXT.encodeToString(part);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static void add(StringBuilder text, @Nullable String part) {
    text.append(part == null ? "" : part).append('\n');
  }

  private static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }
}
