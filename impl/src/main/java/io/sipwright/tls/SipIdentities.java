package io.sipwright.tls;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Ipv6;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** Which SIP domains a certificate stands for (RFC 5922 §7.1, §7.2). */
public final class SipIdentities {
  private static final int DNS_NAME = 2;
  private static final int URI = 6;
  private static final int IP_ADDRESS = 7;

  private SipIdentities() {}

  /**
   * The SIP domains of a certificate: those of its {@code sip} URIs without user; if there's none,
   * its DNS names; if it has no subjectAltName at all, its common name (RFC 5922 §7.1).
   *
   * @return in lower case, in the certificate's order; empty if it stands for no domain
   */
  public static List<String> of(X509Certificate certificate) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return List.of();
    }
    if (names == null) {
      String commonName = commonName(certificate);
      return commonName == null || !isDnsName(commonName) ? List.of() : List.of(normal(commonName));
    }
    Set<String> uris = new LinkedHashSet<>();
    Set<String> dnsNames = new LinkedHashSet<>();
    for (List<?> name : names) {
      if (name.get(0).equals(URI)) {
        String host = hostOfSipUri((String) name.get(1));
        if (host != null) {
          uris.add(normal(host));
        }
      } else if (name.get(0).equals(DNS_NAME)) {
        dnsNames.add(normal((String) name.get(1)));
      }
    }
    return List.copyOf(uris.isEmpty() ? dnsNames : uris);
  }

  /**
   * Whether a certificate stands for a domain: equal as DNS names, in their entirety, without
   * wildcards (RFC 5922 §7.2). A numeric host, which is no domain, must be one of the certificate's
   * IP addresses, or stand there in the place of a domain.
   *
   * @param domain a name or a numeric address, IPv6 with or without brackets
   */
  public static boolean include(X509Certificate certificate, String domain) {
    String wanted = normal(domain);
    return of(certificate).contains(wanted)
        || (isNumeric(wanted) && addresses(certificate).contains(wanted));
  }

  private static Set<String> addresses(X509Certificate certificate) {
    Set<String> found = new LinkedHashSet<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (name.get(0).equals(IP_ADDRESS)) {
          found.add(normal((String) name.get(1)));
        }
      }
    } catch (CertificateParsingException e) {
      return Set.of();
    }
    return found;
  }

  /** Null where it's no {@code sip} URI, or one of a user: it has an {@code @}. */
  private static @Nullable String hostOfSipUri(String uri) {
    if (!uri.regionMatches(true, 0, "sip:", 0, 4) || uri.indexOf('@') >= 0) {
      return null;
    }
    int end = 4;
    boolean literal = uri.startsWith("[", 4);
    while (end < uri.length()) {
      char c = uri.charAt(end);
      if (c == ';' || c == '?' || c == '/' || (c == ':' && !literal)) {
        break;
      }
      literal &= c != ']';
      end++;
    }
    return end == 4 ? null : uri.substring(4, end);
  }

  private static @Nullable String commonName(X509Certificate certificate) {
    try {
      LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName());
      List<Rdn> parts = new ArrayList<>(subject.getRdns());
      for (int i = parts.size() - 1; i >= 0; i--) { // the most specific comes last
        if (parts.get(i).getType().equalsIgnoreCase("CN")
            && parts.get(i).getValue() instanceof String text) {
          return text;
        }
      }
    } catch (InvalidNameException e) {
      return null;
    }
    return null;
  }

  private static boolean isDnsName(String text) {
    return !text.isEmpty()
        && text.length() <= 253
        && text.chars()
            .allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '*');
  }

  /** Whether it's an IPv4 or IPv6 address rather than a name. */
  public static boolean isNumeric(String host) {
    return host.indexOf(':') >= 0
        || (!host.isEmpty() && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
  }

  /** Lower case, IDN as A-labels (RFC 5280 §7.2), no last dot; IPv6 unbracketed, one spelling. */
  private static String normal(String host) {
    String text = host;
    if (text.startsWith("[") && text.endsWith("]")) {
      text = text.substring(1, text.length() - 1);
    }
    if (text.indexOf(':') >= 0) {
      byte[] address = Ipv6.parse(text);
      return address == null ? Chars.lower(text) : text(address);
    }
    if (text.endsWith(".") && text.length() > 1) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.chars().anyMatch(c -> c > 127)) {
      try {
        text = IDN.toASCII(text);
      } catch (IllegalArgumentException e) {
        return Chars.lower(text);
      }
    }
    return Chars.lower(text);
  }

  private static String text(byte[] address) {
    try {
      return Chars.lower(InetAddress.getByAddress(address).getHostAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError(e); // sixteen bytes are an address
    }
  }
}
