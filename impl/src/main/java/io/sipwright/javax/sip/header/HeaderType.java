package io.sipwright.javax.sip.header;

import static io.sipwright.javax.sip.header.HeaderType.Shape.LIST;
import static io.sipwright.javax.sip.header.HeaderType.Shape.REPEATED;
import static io.sipwright.javax.sip.header.HeaderType.Shape.SINGLE;

import io.sipwright.syntax.Chars;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The table of known headers, a row each: canonical name, compact form, shape, constructor.
 * Sections 20 of RFC 3261 and the RFCs named beside the rows.
 */
public enum HeaderType {
  // --- routing, identity, dialog and body ---
  CALL_ID("Call-ID", "i", SINGLE, CallId::new),
  CONTACT("Contact", "m", LIST, Contact::new),
  CONTENT_DISPOSITION("Content-Disposition", null, SINGLE, ContentDisposition::new),
  CONTENT_ENCODING("Content-Encoding", "e", LIST, ContentEncoding::new),
  CONTENT_LANGUAGE("Content-Language", null, LIST, ContentLanguage::new),
  CONTENT_LENGTH("Content-Length", "l", SINGLE, ContentLength::new),
  CONTENT_TYPE("Content-Type", "c", SINGLE, ContentType::new),
  CSEQ("CSeq", null, SINGLE, CSeq::new),
  DATE("Date", null, SINGLE, SipDate::new),
  EXPIRES("Expires", null, SINGLE, Expires::new),
  FROM("From", "f", SINGLE, From::new),
  MAX_FORWARDS("Max-Forwards", null, SINGLE, MaxForwards::new),
  MIN_EXPIRES("Min-Expires", null, SINGLE, MinExpires::new),
  RECORD_ROUTE("Record-Route", null, LIST, RecordRoute::new),
  REPLY_TO("Reply-To", null, SINGLE, ReplyTo::new),
  RETRY_AFTER("Retry-After", null, SINGLE, RetryAfter::new),
  ROUTE("Route", null, LIST, Route::new),
  TIMESTAMP("Timestamp", null, SINGLE, Timestamp::new),
  TO("To", "t", SINGLE, To::new),
  VIA("Via", "v", LIST, Via::new),
  /** RFC 6665. */
  ALLOW_EVENTS("Allow-Events", "u", LIST, AllowEvents::new),
  /** RFC 6665. */
  EVENT("Event", "o", SINGLE, Event::new),
  /** RFC 6665. */
  SUBSCRIPTION_STATE("Subscription-State", null, SINGLE, SubscriptionState::new),
  /** RFC 3515. */
  REFER_TO("Refer-To", "r", SINGLE, ReferTo::new),
  /** RFC 3262. */
  RACK("RAck", null, SINGLE, RAck::new),
  /** RFC 3262. */
  RSEQ("RSeq", null, SINGLE, RSeq::new),

  // --- capabilities, authentication, description ---
  ACCEPT("Accept", null, LIST, Accept::new),
  ACCEPT_ENCODING("Accept-Encoding", null, LIST, AcceptEncoding::new),
  ACCEPT_LANGUAGE("Accept-Language", null, LIST, AcceptLanguage::new),
  ALERT_INFO("Alert-Info", null, LIST, AlertInfo::new),
  ALLOW("Allow", null, LIST, Allow::new),
  AUTHENTICATION_INFO("Authentication-Info", null, SINGLE, AuthenticationInfo::new),
  AUTHORIZATION("Authorization", null, REPEATED, Authorization::new),
  CALL_INFO("Call-Info", null, LIST, CallInfo::new),
  ERROR_INFO("Error-Info", null, LIST, ErrorInfo::new),
  IN_REPLY_TO("In-Reply-To", null, LIST, InReplyTo::new),
  MIME_VERSION("MIME-Version", null, SINGLE, MimeVersion::new),
  ORGANIZATION("Organization", null, SINGLE, Organization::new),
  PRIORITY("Priority", null, SINGLE, Priority::new),
  PROXY_AUTHENTICATE("Proxy-Authenticate", null, REPEATED, ProxyAuthenticate::new),
  PROXY_AUTHORIZATION("Proxy-Authorization", null, REPEATED, ProxyAuthorization::new),
  PROXY_REQUIRE("Proxy-Require", null, LIST, ProxyRequire::new),
  REQUIRE("Require", null, LIST, Require::new),
  SERVER("Server", null, SINGLE, Server::new),
  SUBJECT("Subject", "s", SINGLE, Subject::new),
  SUPPORTED("Supported", "k", LIST, Supported::new),
  UNSUPPORTED("Unsupported", null, LIST, Unsupported::new),
  USER_AGENT("User-Agent", null, SINGLE, UserAgent::new),
  WARNING("Warning", null, LIST, Warning::new),
  WWW_AUTHENTICATE("WWW-Authenticate", null, REPEATED, WwwAuthenticate::new),
  /** RFC 3326. */
  REASON("Reason", null, LIST, Reason::new),
  /** RFC 3903. */
  SIP_ETAG("SIP-ETag", null, SINGLE, SipETag::new),
  /** RFC 3903. */
  SIP_IF_MATCH("SIP-If-Match", null, SINGLE, SipIfMatch::new),

  // --- a call, those in it, and what they want of each other ---
  /** RFC 3841. */
  ACCEPT_CONTACT("Accept-Contact", "a", LIST, AcceptContact::new),
  /** RFC 4412. */
  ACCEPT_RESOURCE_PRIORITY("Accept-Resource-Priority", null, LIST, AcceptResourcePriority::new),
  /** RFC 5373. */
  ANSWER_MODE("Answer-Mode", null, SINGLE, AnswerMode::new),
  /** RFC 5626. */
  FLOW_TIMER("Flow-Timer", null, SINGLE, FlowTimer::new),
  /** RFC 3911. */
  JOIN("Join", null, SINGLE, Join::new),
  /** RFC 4028. */
  MIN_SE("Min-SE", null, SINGLE, MinSE::new),
  /** RFC 3325. */
  P_ASSERTED_IDENTITY("P-Asserted-Identity", null, LIST, PAssertedIdentity::new),
  /** RFC 5009. */
  P_EARLY_MEDIA("P-Early-Media", null, LIST, PEarlyMedia::new),
  /** RFC 3313. */
  P_MEDIA_AUTHORIZATION("P-Media-Authorization", null, LIST, PMediaAuthorization::new),
  /** RFC 3325. */
  P_PREFERRED_IDENTITY("P-Preferred-Identity", null, LIST, PPreferredIdentity::new),
  /** RFC 3327. */
  PATH("Path", null, LIST, Path::new),
  /** RFC 5360. */
  PERMISSION_MISSING("Permission-Missing", null, LIST, PermissionMissing::new),
  /** RFC 5373. */
  PRIV_ANSWER_MODE("Priv-Answer-Mode", null, SINGLE, PrivAnswerMode::new),
  /** RFC 3323. */
  PRIVACY("Privacy", null, SINGLE, Privacy::new),
  /** RFC 4488. */
  REFER_SUB("Refer-Sub", null, SINGLE, ReferSub::new),
  /** RFC 3892. */
  REFERRED_BY("Referred-By", "b", SINGLE, ReferredBy::new),
  /** RFC 3841. */
  REJECT_CONTACT("Reject-Contact", "j", LIST, RejectContact::new),
  /** RFC 3891. */
  REPLACES("Replaces", null, SINGLE, Replaces::new),
  /** RFC 3841. */
  REQUEST_DISPOSITION("Request-Disposition", "d", LIST, RequestDisposition::new),
  /** RFC 4412. */
  RESOURCE_PRIORITY("Resource-Priority", null, LIST, ResourcePriority::new),
  /** RFC 3329. */
  SECURITY_CLIENT("Security-Client", null, LIST, SecurityClient::new),
  /** RFC 3329. */
  SECURITY_SERVER("Security-Server", null, LIST, SecurityServer::new),
  /** RFC 3329. */
  SECURITY_VERIFY("Security-Verify", null, LIST, SecurityVerify::new),
  /** RFC 3608. */
  SERVICE_ROUTE("Service-Route", null, LIST, ServiceRoute::new),
  /** RFC 4028. */
  SESSION_EXPIRES("Session-Expires", "x", SINGLE, SessionExpires::new),
  /** RFC 4538. */
  TARGET_DIALOG("Target-Dialog", null, SINGLE, TargetDialog::new),
  /** RFC 5360. */
  TRIGGER_CONSENT("Trigger-Consent", null, LIST, TriggerConsent::new),

  // --- ways that requests went, networks and their services ---
  /** RFC 5806. */
  DIVERSION("Diversion", null, LIST, Diversion::new),
  /** draft-ietf-sip-privacy-04. */
  REMOTE_PARTY_ID("Remote-Party-ID", null, LIST, RemotePartyId::new),
  /** RFC 7044. */
  HISTORY_INFO("History-Info", null, LIST, HistoryInfo::new),
  /** RFC 5839. */
  SUPPRESS_IF_MATCH("Suppress-If-Match", null, SINGLE, SuppressIfMatch::new),
  /** RFC 6086. */
  INFO_PACKAGE("Info-Package", null, SINGLE, InfoPackage::new),
  /** RFC 6086. */
  RECV_INFO("Recv-Info", null, LIST, RecvInfo::new),
  /** RFC 7614. */
  REFER_EVENTS_AT("Refer-Events-At", null, SINGLE, ReferEventsAt::new),
  /** RFC 6442. */
  GEOLOCATION("Geolocation", null, LIST, Geolocation::new),
  /** RFC 6442. */
  GEOLOCATION_ERROR("Geolocation-Error", null, SINGLE, GeolocationError::new),
  /** RFC 6442. */
  GEOLOCATION_ROUTING("Geolocation-Routing", null, SINGLE, GeolocationRouting::new),
  /** RFC 6794. */
  POLICY_CONTACT("Policy-Contact", null, LIST, PolicyContact::new),
  /** RFC 6794. */
  POLICY_ID("Policy-ID", null, LIST, PolicyId::new),
  /** RFC 6809. */
  FEATURE_CAPS("Feature-Caps", null, LIST, FeatureCaps::new),
  /** RFC 8224. */
  IDENTITY("Identity", "y", REPEATED, Identity::new),
  /** RFC 4474. */
  IDENTITY_INFO("Identity-Info", "n", SINGLE, IdentityInfo::new),
  /** RFC 7989. */
  SESSION_ID("Session-ID", null, SINGLE, SessionId::new),
  /** RFC 7433. */
  USER_TO_USER("User-to-User", null, LIST, UserToUser::new),
  /** RFC 7315. */
  P_ACCESS_NETWORK_INFO("P-Access-Network-Info", null, LIST, PAccessNetworkInfo::new),
  /** RFC 6050. */
  P_ASSERTED_SERVICE("P-Asserted-Service", null, LIST, PAssertedService::new),
  /** RFC 7315. */
  P_ASSOCIATED_URI("P-Associated-URI", null, LIST, PAssociatedUri::new),
  /** RFC 7315. */
  P_CALLED_PARTY_ID("P-Called-Party-ID", null, SINGLE, PCalledPartyId::new),
  /** RFC 7315. */
  P_CHARGING_FUNCTION_ADDRESSES(
      "P-Charging-Function-Addresses", null, LIST, PChargingFunctionAddresses::new),
  /** RFC 7315. */
  P_CHARGING_VECTOR("P-Charging-Vector", null, SINGLE, PChargingVector::new),
  /** RFC 6050. */
  P_PREFERRED_SERVICE("P-Preferred-Service", null, LIST, PPreferredService::new),
  /** RFC 5002. */
  P_PROFILE_KEY("P-Profile-Key", null, SINGLE, PProfileKey::new),
  /** RFC 5502. */
  P_SERVED_USER("P-Served-User", null, SINGLE, PServedUser::new),
  /** RFC 4457. */
  P_USER_DATABASE("P-User-Database", null, SINGLE, PUserDatabase::new),
  /** RFC 7315. */
  P_VISITED_NETWORK_ID("P-Visited-Network-ID", null, LIST, PVisitedNetworkId::new),
  ;

  /** How often a header may stand in a message. */
  public enum Shape {
    /** Once, with one value. */
    SINGLE,
    /**
     * Any number of times; a field may hold several values with commas between them (RFC 3261
     * §7.3.1).
     */
    LIST,
    /**
     * Any number of times, one value in each: its grammar has commas of its own (RFC 3261 §7.3.1).
     */
    REPEATED
  }

  /** So many that {@link #FACTORS} can be found without much ado. */
  private static final int SIZE = 1 << 12;

  /** Takes the highest bits of a hash: an index into the tables of that size. */
  private static final int SHIFT = 32 - 12;

  /** How many factors are tried at most; the first hundred are enough for 200 names. */
  private static final int TRIES = 2000;

  /**
   * Makes a capital letter a small one and leaves small ones and hyphens alone; no other token
   * character becomes one of these.
   */
  private static final int LOWER = 0x20;

  /** What tells the names apart; see {@link #hash}. */
  private static final int FACTORS = findFactors();

  private static final @Nullable HeaderType[] BY_NAME = new @Nullable HeaderType[SIZE];
  private static final byte[][] SPELLING = new byte[SIZE][];

  static {
    for (HeaderType type : values()) {
      for (String name : type.names()) {
        int slot = free(hash(name, FACTORS));
        BY_NAME[slot] = type;
        SPELLING[slot] = Chars.lower(name).getBytes(StandardCharsets.US_ASCII);
      }
    }
  }

  private final String canonicalName;
  private final @Nullable String compactName;
  private final Shape shape;

  @SuppressWarnings("ImmutableEnumChecker") // a constructor reference
  private final Supplier<SipHeader> maker;

  HeaderType(
      String canonicalName, @Nullable String compactName, Shape shape, Supplier<SipHeader> maker) {
    this.canonicalName = canonicalName;
    this.compactName = compactName;
    this.shape = shape;
    this.maker = maker;
  }

  /** The name in the spelling of its RFC. */
  public String canonicalName() {
    return canonicalName;
  }

  /** The one-letter form (RFC 3261 §7.3.3), or null where there's none. */
  public @Nullable String compactName() {
    return compactName;
  }

  /** How often it may stand in a message. */
  public Shape shape() {
    return shape;
  }

  /** Whether a message may have more than one. */
  public boolean isMultiple() {
    return shape != Shape.SINGLE;
  }

  SipHeader make() {
    return maker.get();
  }

  private List<String> names() {
    return compactName == null ? List.of(canonicalName) : List.of(canonicalName, compactName);
  }

  /**
   * The row for a name in any case, compact forms included, or null for one that's not in the
   * table.
   */
  public static @Nullable HeaderType of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length <= 0) {
      return null;
    }
    int slot =
        hash(
            bytes[from],
            bytes[from + length / 4],
            bytes[from + length / 2],
            bytes[to - 1],
            length,
            FACTORS);
    for (HeaderType type = BY_NAME[slot]; type != null; type = BY_NAME[slot]) {
      if (spelled(SPELLING[slot], bytes, from, to)) {
        return type;
      }
      slot = (slot + 1) & (SIZE - 1);
    }
    return null;
  }

  /**
   * The row for a name in any case, compact forms included, or null for one that's not in the
   * table.
   */
  public static @Nullable HeaderType of(String name) {
    if (name.isEmpty()) {
      return null;
    }
    int slot = hash(name, FACTORS);
    for (HeaderType type = BY_NAME[slot]; type != null; type = BY_NAME[slot]) {
      if (type.canonicalName.equalsIgnoreCase(name) || name.equalsIgnoreCase(type.compactName)) {
        return type;
      }
      slot = (slot + 1) & (SIZE - 1);
    }
    return null;
  }

  private static boolean spelled(byte[] lowerCase, byte[] bytes, int from, int to) {
    if (lowerCase.length != to - from) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      if ((bytes[from + i] | LOWER) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /** How many names don't stand in the slot of their hash; 0 unless two agree in all it's of. */
  static int collisions() {
    return collisions(FACTORS);
  }

  private static int hash(String name, int factors) {
    int length = name.length();
    return hash(
        name.charAt(0),
        name.charAt(length / 4),
        name.charAt(length / 2),
        name.charAt(length - 1),
        length,
        factors);
  }

  /** The length and four letters, in any case, of which one may stand for another if it's short. */
  private static int hash(int first, int second, int third, int last, int length, int factors) {
    int letters =
        (first | LOWER) << 24 ^ (second | LOWER) << 16 ^ (third | LOWER) << 8 ^ (last | LOWER);
    int h = (letters ^ length * 0x9e3779b1) * factors;
    return h >>> SHIFT;
  }

  /** The first odd number of a fixed row by which no two known names fall together. */
  private static int findFactors() {
    int best = 1;
    int fewest = Integer.MAX_VALUE;
    int candidate = 0x2545f491;
    for (int i = 0; i < TRIES && fewest > 0; i++) {
      int collisions = collisions(candidate);
      if (collisions < fewest) {
        fewest = collisions;
        best = candidate;
      }
      candidate = candidate * 0x5bd1e995 + 0x3c6ef372;
    }
    return best;
  }

  private static int collisions(int factors) {
    BitSet taken = new BitSet(SIZE);
    int collisions = 0;
    for (HeaderType type : values()) {
      for (String name : type.names()) {
        int slot = hash(name, factors);
        collisions += taken.get(slot) ? 1 : 0;
        taken.set(slot);
      }
    }
    return collisions;
  }

  private static int free(int slot) {
    int free = slot;
    while (BY_NAME[free] != null) {
      free = (free + 1) & (SIZE - 1);
    }
    return free;
  }
}
