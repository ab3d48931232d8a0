package io.sipwright.transport;

import io.sipwright.tls.TlsSession;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request that wants to become a WebSocket (RFC 6455 §4.1).
 *
 * @param uri its target, as in "/" or "/sip?token=1"
 * @param origin the web site whose script connects; null where it's no browser
 * @param headers all its headers, names in lower case: cookies, authorization
 * @param remote where it comes from
 * @param tls what was agreed on TLS; null for a plain WebSocket
 */
public record WebSocketRequest(
    String uri,
    @Nullable String origin,
    Map<String, List<String>> headers,
    InetSocketAddress remote,
    @Nullable TlsSession tls) {}
