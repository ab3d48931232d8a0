package io.sipwright.dns;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a question.
 *
 * @param question that was asked
 * @param outcome what kind of answer it is
 * @param records of the type asked for; none unless {@link Outcome#FOUND}
 * @param ttlSeconds how long it's good for; 0 for not beyond this use
 * @param authenticated whether the server says that it checked the answer's signatures (the AD bit,
 *     RFC 4035 §3.2.3); worth as much as the way to that server
 * @param failure why there's no answer, in words; null unless {@link Outcome#FAILED}
 * @param canonicalName where aliases led if there were any (RFC 1034 §3.6.2), or else null
 */
public record Answer(
    Question question,
    Outcome outcome,
    List<DnsRecord> records,
    long ttlSeconds,
    boolean authenticated,
    @Nullable String failure,
    @Nullable String canonicalName) {
  /** Kinds of answers. */
  public enum Outcome {
    /** There are records. */
    FOUND,
    /** The name is there, records of this type are not (RFC 2308 §2.2). */
    NO_DATA,
    /** The name isn't there (RFC 2308 §2.1). */
    NO_DOMAIN,
    /** No server gave an answer that could be used. */
    FAILED
  }

  /** Copies the list. */
  public Answer {
    records = List.copyOf(records);
  }

  /** No answer, and why. */
  public static Answer failed(Question question, String why) {
    return new Answer(question, Outcome.FAILED, List.of(), 0, false, why, null);
  }

  /** Its SRV records, in the order of the answer. */
  public List<DnsRecord.Srv> srv() {
    return of(DnsRecord.Srv.class);
  }

  /** Its NAPTR records, in the order of the answer. */
  public List<DnsRecord.Naptr> naptr() {
    return of(DnsRecord.Naptr.class);
  }

  /** Its addresses, in the order of the answer. */
  public List<DnsRecord.Address> addresses() {
    return of(DnsRecord.Address.class);
  }

  private <T extends DnsRecord> List<T> of(Class<T> type) {
    List<T> all = new ArrayList<>(records.size());
    for (DnsRecord record : records) {
      if (type.isInstance(record)) {
        all.add(type.cast(record));
      }
    }
    return all;
  }

  /** The same for another time. */
  Answer withTtl(long seconds) {
    return new Answer(question, outcome, records, seconds, authenticated, failure, canonicalName);
  }
}
