package io.sipwright.javax.sip;

import io.sipwright.transaction.TransactionKey;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * INVITEs that aren't found by the branch that the program knows of them: not sent yet, as their
 * server is being looked up, or sent again to another server (RFC 3263 §4.3). A CANCEL made for
 * that branch is for them all the same.
 */
final class MovedInvites {
  private final ConcurrentMap<TransactionKey, ClientTransactionImpl> byBranch =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<ClientTransactionImpl, List<TransactionKey>> keys =
      new ConcurrentHashMap<>();

  void put(TransactionKey key, ClientTransactionImpl invite) {
    keys.computeIfAbsent(invite, i -> new CopyOnWriteArrayList<>()).add(key);
    byBranch.put(key, invite);
  }

  @Nullable ClientTransactionImpl find(TransactionKey key) {
    return byBranch.isEmpty() ? null : byBranch.get(key);
  }

  /** An INVITE is over. */
  void forget(ClientTransactionImpl invite) {
    List<TransactionKey> all = keys.isEmpty() ? null : keys.remove(invite);
    if (all != null) {
      all.forEach(key -> byBranch.remove(key, invite));
    }
  }

  int size() {
    return byBranch.size();
  }

  void clear() {
    byBranch.clear();
    keys.clear();
  }
}
