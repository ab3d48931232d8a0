package io.sipwright.fuzz;

import io.sipwright.javax.sip.header.HeaderType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Inputs to begin with: our own messages, and those that lie beside the project if there are. */
final class Seeds {
  /** Longer ones teach a fuzzer nothing more, and take time. */
  static final int LONGEST = 4096;

  private static final String OWN = "/io/sipwright/javax/sip/message/torture/";

  /** Values that one header or other takes, tried with every header. */
  static final List<String> VALUES =
      """
      1
      70
      4294967295
      token
      a, b , c
      a;b=c;d
      a/b;q=0.5;c="d\\"e"
      */*
      en-gb;q=0.8, da
      sip:a@b.example
      sip:+1-212-555-0123:x@[2001:db8::9]:5060;transport=tcp;lr?Subject=a%20b&x=
      "A \\"B\\" \u00e9" <sips:a@b.example;user=phone>;tag=x;expires=5
      <tel:+1(201)555-0123;phone-context=+1>;a=b
      <urn:service:sos.fire>
      <sip:a@b>;c=d
      urn:urn-7:3gpp-service.exampletelephony.version1
      <urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>;+sip.instance="<urn:x:y>"
      <http://a.example/b?c#d>;purpose=icon
      SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx;rport;received=[::1], SIP / 2.0 / TCP a.b;ttl=1
      Digest realm="a b", nonce="c", algorithm=SHA-256, qop="auth,auth-int", stale=FALSE, nc=00000001
      Digest username*=UTF-8''J%C3%A4s, response="0123456789abcdef0123456789abcdef", uri="sip:a"
      SIP;cause=200;text="a b"
      Q.850;cause=16;text="x",SIP;cause=600
      1 2 INVITE
      3 BYE
      a@b;to-tag=c;from-tag=d;early-only
      a@b;remote-tag=c;local-tag=d
      Sat, 13 Nov 2010 23:29:00 GMT
      120 (a (b) \\( c);duration=5
      54.1 0.2
      1.0
      399 a.example:5060 "a b", 301 c "d"
      Product/1.0 (a comment) Other
      active;expires=5;reason=timeout;retry-after=6
      id;critical;user
      *;+sip.audio="TRUE";video="#=5,#>=6";language="en,de";require;explicit
      ipsec-3gpp;q=0.5;d-alg=md5;spi-c=1
      dsn.flash, wps.3
      proxy, no-fork, parallel
      <sip:a@b;index=1?Reason=SIP%3Bcause%3D302>;index=1.2;np=1,<sip:c@d>;index=1.2.3;mp=1
      eyJhbGciOiJFUzI1NiJ9.eyJkZXN0Ijp7fX0.c2lnbmF0dXJl;info=<https://a.example/b.cer>;alg=ES256;ppt=shaken
      "3GPP-E-UTRAN-FDD";utran-cell-id-3gpp=00101;network-provided
      3GPP-UTRAN-TDD; utran-cell-id-3gpp=234151D0FCE11
      ccf="[5555::b99]"; ccf=a.b; ecf=c.d
      icid-value=1234bc9876e;icid-generated-at=192.0.6.8;orig-ioi=home1.net
      <cid:a@b>;inserted-by="c";routing-allowed=yes
      a:0a0b;encoding=hex;purpose=isdn-uui;content="isdn-uui"
      ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2
      "open"
      true
      hdr1="a";hdr2=<b>;c="d"
      a="b", c=d, e="f"
      """
          .lines()
          .toList();

  private static final List<String> URIS =
      """
      sip:alice@example.com
      sips:a:b@c.example:5061;transport=tls;maddr=192.0.2.1;lr;ttl=5;x=%20?h=v&i=
      sip:[2001:db8::1]:5060
      sip:+1-201-555-0123;ext=4;phone-context=a.b@c.example;user=phone
      sip:%61%00%ff@EXAMPLE.com;P%41=%42
      tel:+1-201-555-0123;ext=12;isub=a;phone-context=+44
      tel:7042;phone-context=example.com
      urn:service:sos.fire
      urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6?+r?=q#f
      urn:nena:service:responder
      im:a%20b@c.example?subject=x
      pres:a@b
      http://a.example:80/b/c?d=e#f
      mailto:a@b.example
      cid:a@b
      data:,x
      "A \\"B\\"" <sip:a@b;c=d>;tag=e
      A B <sip:a@b?c=d>
      <tel:911>
      *
      """
          .lines()
          .toList();

  private static final List<String> BODIES =
      List.of(
          "text/plain;charset=gb2312\nx",
          "multipart/mixed;boundary=a\n--a\r\n\r\nx\r\n--a--",
          String.join(
              "\r\n",
              "multipart/mixed;boundary=\"a b\"\npre",
              "--a b",
              "Content-Type: text/plain",
              "",
              "x",
              "--a b",
              "Content-ID: <c@d>",
              "Content-Disposition: session;handling=optional",
              "",
              "y",
              "--a b--",
              "epilogue"),
          "multipart/alternative;boundary=a\n--a\r\nContent-Type: multipart/related;boundary=b;"
              + "start=\"<x>\"\r\n\r\n--b\r\nContent-Id: <x>\r\n\r\n1\r\n--b--\r\n--a--\r\n",
          "multipart/digest;boundary=a\n--a\n\nSubject: x\n\ny\n--a\nContent-Type: a/b\n\n--a--\n",
          "multipart/mixed;boundary=a\n--a\r\nContent-Transfer-Encoding: base64\r\n\r\neHl6\r\n"
              + "--a\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=41=\r\nb\r\n--a--",
          "message/sipfrag\nSIP/2.0 180 Ringing",
          "message/sipfrag\nINVITE sip:a@b SIP/2.0\r\nFrom: <sip:c@d>;tag=e\r\nCall-ID: f",
          "message/sipfrag;version=2.0\nTo: <sip:a@b>\r\nContent-Length: 3\r\n\r\nabc",
          "application/xml\n<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>");

  private Seeds() {}

  /** Our own, and those beside the project. */
  static List<byte[]> messages() {
    List<byte[]> all = new ArrayList<>();
    for (String line : new String(resource("MANIFEST.tsv"), StandardCharsets.UTF_8).split("\n")) {
      String file = line.split("\t", -1)[0];
      if (!file.equals("file")) {
        all.add(resource(file + ".sip"));
      }
    }
    Path folder = Path.of(System.getProperty("sipwright.shared", "../shared"), "corpus");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          if (Files.size(file) <= LONGEST) {
            all.add(Files.readAllBytes(file));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return distinct(all);
  }

  private static byte[] resource(String name) {
    try (InputStream in = Seeds.class.getResourceAsStream(OWN + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every value with every row, and the header fields of all messages. */
  static List<byte[]> headers() {
    List<byte[]> all = new ArrayList<>();
    for (int row = 0; row <= HeaderType.values().length; row++) {
      for (String value : VALUES) {
        all.add(header(row, value.getBytes(StandardCharsets.UTF_8)));
      }
    }
    for (byte[] message : messages()) {
      addFields(message, all);
    }
    return distinct(all);
  }

  private static byte[] header(int row, byte[] value) {
    return ByteBuffer.allocate(1 + value.length).put((byte) row).put(value).array();
  }

  @SuppressWarnings("EnumOrdinal") // made anew in each run
  private static void addFields(byte[] message, List<byte[]> all) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    for (String field : text.split("\r?\n(?![ \t])")) {
      int colon = field.indexOf(':');
      HeaderType type = colon < 0 ? null : HeaderType.of(field.substring(0, colon).strip());
      if (type != null) {
        byte[] value = field.substring(colon + 1).getBytes(StandardCharsets.ISO_8859_1);
        all.add(header(type.ordinal(), value));
      }
    }
  }

  /** Every value for every setter. */
  static List<byte[]> setters() {
    List<byte[]> all = new ArrayList<>();
    List<String> texts = new ArrayList<>(VALUES);
    texts.addAll(URIS);
    texts.addAll(List.of("", "-1", "0.5", "1e9", "a|-1", "branch|x", "tag|a b", "q"));
    for (int i = 0; i < SetterFuzz.size(); i++) {
      for (String each : texts) {
        byte[] text = each.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(2 + text.length).putShort((short) i).put(text);
        all.add(input.array());
      }
    }
    return all;
  }

  static List<byte[]> uris() {
    List<byte[]> all = new ArrayList<>();
    for (String each : URIS) {
      all.add(each.getBytes(StandardCharsets.UTF_8));
    }
    return all;
  }

  /** Messages one behind the other, with keep-alives between them. */
  static List<byte[]> streams() {
    List<byte[]> all = new ArrayList<>();
    List<byte[]> messages = messages();
    for (int i = 0; i + 1 < messages.size(); i += 2) {
      byte[] first = messages.get(i);
      byte[] second = messages.get(i + 1);
      if (first.length + second.length < LONGEST) {
        ByteBuffer stream = ByteBuffer.allocate(first.length + second.length + 5);
        stream.put((byte) i).put(first).put("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        all.add(stream.put(second).array());
      }
    }
    return all;
  }

  /** Each behind a line with its Content-Type; fragments are messages and pieces of them. */
  static List<byte[]> bodies() {
    List<byte[]> all = new ArrayList<>();
    for (String each : BODIES) {
      all.add(each.getBytes(StandardCharsets.UTF_8));
    }
    for (byte[] message : messages()) {
      String text = new String(message, StandardCharsets.ISO_8859_1);
      int blank = text.indexOf("\r\n\r\n");
      int type = text.toLowerCase(java.util.Locale.ROOT).indexOf("\r\ncontent-type:");
      if (blank >= 0 && type >= 0 && type < blank) {
        String value = text.substring(type + 15, text.indexOf('\r', type + 2)).strip();
        all.add((value + '\n' + text.substring(blank + 4)).getBytes(StandardCharsets.ISO_8859_1));
      }
      if (all.size() % 8 == 0 || message.length < 400) {
        all.add(("message/sipfrag\n" + text).getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return distinct(all);
  }

  private static List<byte[]> distinct(Collection<byte[]> inputs) {
    Map<ByteBuffer, byte[]> distinct = new LinkedHashMap<>();
    for (byte[] input : inputs) {
      distinct.put(ByteBuffer.wrap(input), input);
    }
    return List.copyOf(distinct.values());
  }

  /** Writes the seeds of a target into a folder, a file each: {@code TARGET FOLDER}. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[1]));
    int n = 0;
    for (byte[] seed : Target.valueOf(args[0]).seeds()) {
      Files.write(
          folder.resolve("seed-" + n++), Arrays.copyOf(seed, Math.min(seed.length, LONGEST)));
    }
  }
}
