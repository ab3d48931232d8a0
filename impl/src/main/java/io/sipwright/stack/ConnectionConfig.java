package io.sipwright.stack;

import io.sipwright.transport.AddressRanges;

/**
 * How long connections live, and whom they come through: a part of {@link StackConfig} under
 * "Transport" in {@code docs/properties.md}.
 *
 * @param keepsOutgoing whether connections opened from here outlive their transactions
 * @param keepsIncoming the same of connections that peers have opened
 * @param lingerSeconds from the end of a connection's last transaction to its closing, where it's
 *     not kept
 * @param silenceSeconds how long a peer that has connected may send nothing; 0 for ever
 * @param leastPingSeconds pings that come sooner after one that was answered aren't; 0 for none
 * @param proxies load balancers that send PROXY headers
 */
public record ConnectionConfig(
    boolean keepsOutgoing,
    boolean keepsIncoming,
    int lingerSeconds,
    int silenceSeconds,
    int leastPingSeconds,
    AddressRanges proxies) {}
