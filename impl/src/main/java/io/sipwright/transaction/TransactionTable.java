package io.sipwright.transaction;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one stack by their keys. Client and server transactions never mix, so that a
 * stack can send to itself. Safe for use by many threads at once.
 */
public final class TransactionTable {
  /** What became of a transaction that was to be added. */
  public enum Admission {
    /** It's in. */
    ADDED,
    /** There's one of the same key: if two threads try at once, exactly one gets in. */
    EXISTS,
    /** There are as many as there may be. */
    FULL
  }

  private final Side<ClientDriver> clients;
  private final Side<ServerDriver> servers;

  /** The least that there's room for beyond the limit. */
  private static final int LEAST_RESERVE = 64;

  /** Where the ACKs of RFC 2543's clients find their INVITEs. */
  private final ConcurrentHashMap<TransactionKey, ServerDriver> expectedAcks =
      new ConcurrentHashMap<>();

  /** A table without limits. */
  public TransactionTable() {
    this(0, 0);
  }

  /**
   * An empty table.
   *
   * @param maxClients most client transactions at a time; 0 for any number
   * @param maxServers most server transactions at a time; 0 for any number. Those that go on with
   *     something, which a BYE ends, get a quarter more
   */
  public TransactionTable(int maxClients, int maxServers) {
    clients = new Side<>(maxClients, 0);
    servers = new Side<>(maxServers, Math.max(LEAST_RESERVE, maxServers / 4));
  }

  /** Adds a client transaction; before its start. */
  public Admission add(ClientDriver transaction) {
    return clients.add(transaction, false);
  }

  /** Adds a server transaction that begins something; before anything is sent through it. */
  public Admission add(ServerDriver transaction) {
    return servers.add(transaction, false);
  }

  /**
   * Adds a server transaction that goes on with something: of a dialog, or a CANCEL. It finds room
   * when new ones find none.
   */
  public Admission addOngoing(ServerDriver transaction) {
    return servers.add(transaction, true);
  }

  /** The client transaction of a response's key, or null. */
  public @Nullable ClientDriver client(TransactionKey key) {
    return clients.map.get(key.high(), key.low());
  }

  /**
   * The server transaction of a request's key, or null. An ACK's key finds the INVITE; a CANCEL's
   * own key the CANCEL, and {@link TransactionKey#forCancelled} the INVITE.
   */
  public @Nullable ServerDriver server(TransactionKey key) {
    return key.isLegacyAck() ? expectedAcks.get(key) : servers.map.get(key.high(), key.low());
  }

  /** Number of client transactions. */
  public int clientCount() {
    return clients.count.get();
  }

  /** Number of server transactions. */
  public int serverCount() {
    return servers.count.get();
  }

  /** Whether there are as many client transactions as there may be. */
  public boolean isFullOfClients() {
    return clients.isFull();
  }

  /** Whether there are as many server transactions as there may be of new ones. */
  public boolean isFullOfServers() {
    return servers.isFull();
  }

  /** Number of all transactions. */
  public int size() {
    return clientCount() + serverCount();
  }

  /** The client transactions of this moment. */
  public List<ClientDriver> clients() {
    return clients.map.values();
  }

  /** The server transactions of this moment. */
  public List<ServerDriver> servers() {
    return servers.map.values();
  }

  void remove(ClientDriver transaction) {
    clients.remove(transaction);
  }

  void remove(ServerDriver transaction) {
    servers.remove(transaction);
  }

  void expectAck(TransactionKey key, ServerDriver invite) {
    expectedAcks.put(key, invite);
  }

  void forgetAck(TransactionKey key, ServerDriver invite) {
    expectedAcks.remove(key, invite);
  }

  /** One of the two halves. */
  private static final class Side<T extends Driver<?>> {
    final FingerprintTable<T> map = new FingerprintTable<>();
    final AtomicInteger count = new AtomicInteger();
    private final int max;
    private final int reserve;

    Side(int max, int reserve) {
      this.max = max;
      this.reserve = reserve;
    }

    Admission add(T transaction, boolean ongoing) {
      long most = ongoing ? (long) max + reserve : max;
      if (count.incrementAndGet() > most && max > 0) {
        count.decrementAndGet();
        return map.get(transaction.high(), transaction.low()) == null
            ? Admission.FULL
            : Admission.EXISTS;
      }
      if (map.putIfAbsent(transaction.high(), transaction.low(), transaction) != null) {
        count.decrementAndGet();
        return Admission.EXISTS;
      }
      return Admission.ADDED;
    }

    boolean isFull() {
      return max > 0 && count.get() >= max;
    }

    void remove(T transaction) {
      if (map.remove(transaction.low(), transaction)) {
        count.decrementAndGet();
      }
    }
  }
}
