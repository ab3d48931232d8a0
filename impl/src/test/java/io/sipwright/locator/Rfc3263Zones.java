package io.sipwright.locator;

/** The zones that RFC 3263's rules are tried on. */
final class Rfc3263Zones {
  static final String TEXT =
      """
      ; the example of §4.1
      example.com.              NAPTR 50  50 "s" "SIPS+D2T" "" _sips._tcp.example.com.
      example.com.              NAPTR 90  50 "s" "SIP+D2T"  "" _sip._tcp.example.com.
      example.com.              NAPTR 100 50 "s" "SIP+D2U"  "" _sip._udp.example.com.
      example.com.              A 192.0.2.99
      _sips._tcp.example.com.   SRV 0 0 5061 server3.example.com.
      _sip._tcp.example.com.    SRV 0 0 5060 server1.example.com.
      _sip._tcp.example.com.    SRV 1 0 5070 server2.example.com.
      _sip._udp.example.com.    SRV 0 0 5060 server2.example.com.
      server1.example.com.      A 192.0.2.1
      server2.example.com.      A 192.0.2.2
      server3.example.com.      A 192.0.2.3
      ; no NAPTR, SRV for two transports
      srv.test.                 A 192.0.2.98
      _sip._udp.srv.test.       SRV 0 0 5062 u.srv.test.
      _sip._tcp.srv.test.       SRV 0 0 5063 t.srv.test.
      _sips._tcp.srv.test.      SRV 0 0 5064 s.srv.test.
      u.srv.test.               A 192.0.2.11
      t.srv.test.               A 192.0.2.12
      s.srv.test.               A 192.0.2.13
      ; SRV for TCP only
      tcponly.test.             A 192.0.2.97
      _sip._tcp.tcponly.test.   SRV 0 0 5065 t.srv.test.
      ; addresses only
      plain.test.               A 192.0.2.21
      plain.test.               A 192.0.2.22
      six.test.                 AAAA 2001:db8::21
      dual.test.                A 192.0.2.31
      dual.test.                AAAA 2001:db8::31
      alias.test.               CNAME plain.test.
      aliassrv.test.            A 192.0.2.96
      _sip._udp.aliassrv.test.  CNAME _sip._udp.srv.test.
      ; NAPTR into another domain
      hosted.test.              NAPTR 10 10 "s" "SIP+D2U" "" _sip._udp.srv.test.
      ; service fields
      lower.test.               NAPTR 10 10 "S" "sip+d2t" "" _sip._tcp.srv.test.
      others.test.              NAPTR 10 10 "s" "http+D2T" "" _http._tcp.srv.test.
      others.test.              NAPTR 20 10 "u" "E2U+sip" "!^.*$!sip:a@b!" .
      others.test.              NAPTR 30 10 "s" "SIP+D2U" "" _sip._udp.srv.test.
      useless.test.             NAPTR 10 10 "s" "SIP+D2S" "" _sip._sctp.useless.test.
      useless.test.             A 192.0.2.95
      _sip._udp.useless.test.   SRV 0 0 5066 u.srv.test.
      tlsudp.test.              NAPTR 10 10 "s" "SIPS+D2U" "" _sips._udp.tlsudp.test.
      tlsudp.test.              NAPTR 20 10 "s" "SIP+D2U" "" _sip._udp.srv.test.
      both.test.                NAPTR 10 10 "s" "SIP+D2U" "!.*!x!" _sip._tcp.srv.test.
      both.test.                NAPTR 20 10 "s" "SIP+D2U" "" _sip._udp.srv.test.
      orders.test.              NAPTR 20 1  "s" "SIP+D2T" "" _sip._tcp.srv.test.
      orders.test.              NAPTR 10 50 "s" "SIP+D2U" "" _sip._udp.srv.test.
      preferences.test.         NAPTR 10 20 "s" "SIP+D2U" "" _sip._udp.srv.test.
      preferences.test.         NAPTR 10 10 "s" "SIP+D2T" "" _sip._tcp.srv.test.
      flaga.test.               NAPTR 10 10 "a" "SIP+D2T" "" plain.test.
      chain.test.               NAPTR 10 10 ""  "" "" chain2.test.
      chain2.test.              NAPTR 10 10 "s" "SIP+D2T" "" _sip._tcp.srv.test.
      loop.test.                NAPTR 10 10 ""  "" "" loop2.test.
      loop2.test.               NAPTR 10 10 ""  "" "" loop.test.
      loop.test.                A 192.0.2.94
      dead.test.                NAPTR 10 10 "s" "SIP+D2T" "" _sip._tcp.nowhere.test.
      dead.test.                NAPTR 20 10 "s" "SIP+D2U" "" _sip._udp.srv.test.
      deadall.test.             NAPTR 10 10 "s" "SIP+D2T" "" _sip._tcp.nowhere.test.
      deadall.test.             A 192.0.2.93
      ws.test.                  NAPTR 10 10 "s" "SIPS+D2W" "" _sips._ws.ws.test.
      ws.test.                  NAPTR 20 10 "s" "SIP+D2W" "" _sip._ws.ws.test.
      _sips._ws.ws.test.        SRV 0 0 443 u.srv.test.
      _sip._ws.ws.test.         SRV 0 0 80 t.srv.test.
      sctp.test.                NAPTR 10 10 "s" "SIP+D2S" "" _sip._sctp.sctp.test.
      _sip._sctp.sctp.test.     SRV 0 0 5060 u.srv.test.
      siponly.test.             NAPTR 10 10 "s" "SIP+D2T" "" _sip._tcp.srv.test.
      siponly.test.             A 192.0.2.92
      ; RFC 2782
      prio.test.                A 192.0.2.91
      _sip._udp.prio.test.      SRV 20 0 5060 u.srv.test.
      _sip._udp.prio.test.      SRV 10 0 5060 t.srv.test.
      _sip._udp.prio.test.      SRV 30 0 5060 s.srv.test.
      root.test.                A 192.0.2.90
      _sip._udp.root.test.      SRV 0 0 0 .
      _sip._tcp.root.test.      SRV 0 0 0 .
      halfroot.test.            A 192.0.2.89
      _sip._udp.halfroot.test.  SRV 0 0 0 .
      _sip._tcp.halfroot.test.  SRV 0 0 5060 t.srv.test.
      multi.test.               A 192.0.2.88
      _sip._udp.multi.test.     SRV 0 0 5060 dual.test.
      _sip._udp.multi.test.     SRV 1 0 5060 plain.test.
      gap.test.                 A 192.0.2.87
      _sip._udp.gap.test.       SRV 0 0 5060 noaddress.test.
      _sip._udp.gap.test.       SRV 1 0 5060 u.srv.test.
      nothing.test.             A 192.0.2.86
      _sip._udp.nothing.test.   SRV 0 0 5060 noaddress.test.
      noaddress.test.           TXT "here"
      port0.test.               A 192.0.2.85
      _sip._udp.port0.test.     SRV 0 0 0 u.srv.test.
      _sip._udp.port0.test.     SRV 1 0 5060 t.srv.test.
      same.test.                A 192.0.2.84
      _sip._udp.same.test.      SRV 0 0 5060 u.srv.test.
      _sip._udp.same.test.      SRV 1 0 5060 u.srv.test.
      ; a client of §5
      client.test.              A 192.0.2.41
      client.test.              A 192.0.2.42
      _sip._udp.pool.test.      SRV 0 0 5080 client.test.
      _sip._udp.pool.test.      SRV 1 0 5081 u.srv.test.
      _sip._tcp.pool.test.      SRV 0 0 5082 t.srv.test.
      _sips._tcp.pool.test.     SRV 0 0 5083 s.srv.test.
      pool.test.                A 192.0.2.43
      """;

  private Rfc3263Zones() {}
}
