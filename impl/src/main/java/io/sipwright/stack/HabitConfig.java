package io.sipwright.stack;

/**
 * Habits of the old reference stack that programs may ask for: read once, for those who look at
 * them with each message.
 *
 * @param listenerResponseSeconds how long a server transaction waits for the program's first
 *     response; 0: for ever
 * @param dialogTimeoutFactor how many T1 a 2xx to INVITE waits for its ACK
 * @param remoteTagMayChange whether another To tag in a later response changes an early dialog, in
 *     place of making another one
 * @param deliversRepeated2xx whether the listener sees copies of a 2xx that it has acknowledged
 * @param bodyIsRestOfDatagram whether a body is all that follows the headers in a datagram
 */
public record HabitConfig(
    int listenerResponseSeconds,
    int dialogTimeoutFactor,
    boolean remoteTagMayChange,
    boolean deliversRepeated2xx,
    boolean bodyIsRestOfDatagram) {
  static HabitConfig of(StackConfig config) {
    return new HabitConfig(
        config.number(TransactionProperty.MAX_LISTENER_RESPONSE_TIME),
        config.number(DialogProperty.DIALOG_TIMEOUT_FACTOR),
        config.flag(DialogProperty.REMOTE_TAG_REASSIGNMENT_ALLOWED),
        config.flag(ListenerProperty.DELIVER_REPEATED_2XX),
        config.flag(MessageProperty.COMPUTE_CONTENT_LENGTH_FROM_MESSAGE_BODY));
  }
}
