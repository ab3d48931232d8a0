package io.sipwright.dns;

import io.sipwright.dns.Answer.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;

/**
 * Reads a server's message: what of it answers the question, and nothing else. Records for other
 * names, of other classes or types, and all that's in the additional section are passed over (RFC
 * 5452 §6); aliases are followed within the answer section.
 */
final class Reply {
  /** Links of a chain of aliases that are followed, in one message or over several. */
  static final int MOST_ALIASES = 8;

  /** More records than this in one answer are not looked at. */
  private static final int MOST_RECORDS = 2000;

  private static final long LONGEST_TTL = 86_400;
  private static final long LONGEST_NEGATIVE_TTL = 3600;
  private static final long SIGN_BIT = 1L << 31;

  /**
   * What a message comes to.
   *
   * @param answer null if the chain of aliases goes on elsewhere
   * @param next the name to ask for then, or null
   * @param ttl of the aliases so far, in seconds
   * @param links how many aliases were followed
   */
  record Reading(@Nullable Answer answer, @Nullable Name next, long ttl, int links) {}

  private final Question question;
  private final Name asked;
  private final Message message;

  private Reply(Question question, Name asked, Message message) {
    this.question = question;
    this.asked = asked;
    this.message = message;
  }

  /**
   * Reads a message whose question section was checked already.
   *
   * @param question what's to be answered
   * @param asked the name that was asked for in this message: the question's, or one that its
   *     aliases led to
   */
  static Reading read(Question question, Name asked, Message message) {
    return new Reply(question, asked, message).read();
  }

  private Reading read() {
    int code = message.getRcode();
    if (!message.getHeader().getFlag(Flags.QR)) {
      return failed("the server sent a question back");
    }
    if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
      return failed("the server answered " + Rcode.string(code));
    }
    List<Record> section = message.getSection(Section.ANSWER);
    Name name = asked;
    long ttl = LONGEST_TTL;
    Set<Name> seen = new HashSet<>();
    for (int links = 0; ; links++) {
      List<DnsRecord> found = new ArrayList<>();
      long ttlHere = collect(section, name, found);
      if (!found.isEmpty()) {
        return answer(Outcome.FOUND, found, Math.min(ttl, ttlHere), name, links);
      }
      CNAMERecord alias = alias(section, name);
      if (alias == null) {
        return end(code, name, ttl, links);
      }
      if (!seen.add(name) || links >= MOST_ALIASES) {
        return failed("the aliases of " + question.name() + " have no end");
      }
      ttl = Math.min(ttl, ttl(alias));
      name = alias.getTarget();
    }
  }

  /** No record under the last name of the chain. */
  private Reading end(int code, Name name, long ttl, int links) {
    long negative = negativeTtl();
    if (links > 0 && code == Rcode.NOERROR && negative < 0) {
      return new Reading(null, name, ttl, links); // the rest is in another zone
    }
    Outcome outcome = code == Rcode.NXDOMAIN ? Outcome.NO_DOMAIN : Outcome.NO_DATA;
    return answer(outcome, List.of(), Math.min(ttl, Math.max(0, negative)), name, links);
  }

  private long collect(List<Record> section, Name name, List<DnsRecord> into) {
    long ttl = LONGEST_TTL;
    for (Record record : section) {
      if (record.getType() == question.type().code()
          && record.getDClass() == DClass.IN
          && record.getName().equals(name)
          && into.size() < MOST_RECORDS) {
        DnsRecord read = read(record);
        if (read != null) {
          into.add(read);
          ttl = Math.min(ttl, ttl(record));
        }
      }
    }
    return ttl;
  }

  private static @Nullable CNAMERecord alias(List<Record> section, Name name) {
    for (Record record : section) {
      if (record instanceof CNAMERecord alias
          && record.getDClass() == DClass.IN
          && record.getName().equals(name)) {
        return alias;
      }
    }
    return null;
  }

  private static @Nullable DnsRecord read(Record record) {
    if (record instanceof ARecord a) {
      return new DnsRecord.Address(a.getAddress());
    } else if (record instanceof AAAARecord aaaa) {
      return new DnsRecord.Address(aaaa.getAddress());
    } else if (record instanceof SRVRecord srv) {
      return new DnsRecord.Srv(
          srv.getPriority(), srv.getWeight(), srv.getPort(), text(srv.getTarget()));
    } else if (record instanceof NAPTRRecord naptr) {
      return new DnsRecord.Naptr(
          naptr.getOrder(),
          naptr.getPreference(),
          naptr.getFlags(),
          naptr.getService(),
          unescaped(naptr.getRegexp()),
          text(naptr.getReplacement()));
    }
    return null;
  }

  /** RFC 2308 §5: the lesser of the SOA's own TTL and its last field; -1 without one. */
  private long negativeTtl() {
    for (Record record : message.getSection(Section.AUTHORITY)) {
      if (record instanceof SOARecord soa) {
        return Math.min(LONGEST_NEGATIVE_TTL, Math.min(ttl(soa), soa.getMinimum()));
      }
    }
    return -1;
  }

  /** RFC 2181 §8: what has its highest bit set counts as 0. */
  private static long ttl(Record record) {
    long ttl = record.getTTL();
    return ttl < 0 || ttl >= SIGN_BIT ? 0 : Math.min(LONGEST_TTL, ttl);
  }

  private static String text(Name name) {
    return name.toString(true).equals("@") || name.equals(Name.root) ? "" : name.toString(true);
  }

  /** As it is on the wire: dnsjava hands character strings out as zone files have them. */
  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(i + 1);
        if (next == '\\' || next == '"') {
          out.append(next);
          i++;
          continue;
        }
      }
      out.append(c);
    }
    return out.toString();
  }

  private Reading answer(Outcome outcome, List<DnsRecord> records, long ttl, Name name, int links) {
    boolean authenticated = message.getHeader().getFlag(Flags.AD);
    String canonical = links == 0 && name.equals(asked) ? null : text(name);
    Answer answer = new Answer(question, outcome, records, ttl, authenticated, null, canonical);
    return new Reading(answer, null, ttl, links);
  }

  private Reading failed(String why) {
    return new Reading(Answer.failed(question, why), null, 0, 0);
  }
}
