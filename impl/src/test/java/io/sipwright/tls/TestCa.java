package io.sipwright.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A certificate authority for tests: writes X.509 by RFC 5280 §4.1, with the errors asked for. */
public final class TestCa {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final AtomicLong SERIALS = new AtomicLong(1000);
  public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  public static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  public static final String SIP_DOMAIN = "1.3.6.1.5.5.7.3.20";

  /** A certificate with its key, and the chain up to, but not with, the authority's. */
  public record Identity(KeyPair keys, List<X509Certificate> chain) {
    public X509Certificate certificate() {
      return chain.get(0);
    }

    /** Writes them to a PKCS #12 file. */
    public Path store(Path file, String type, String password) throws Exception {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      store.setKeyEntry(
          "key", keys.getPrivate(), password.toCharArray(), chain.toArray(new X509Certificate[0]));
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, password.toCharArray());
      }
      return file;
    }

    /** Writes certificates and key to one PEM file. */
    public Path pem(Path file) throws Exception {
      StringBuilder text = new StringBuilder();
      for (X509Certificate c : chain) {
        text.append(TestCa.pem("CERTIFICATE", c.getEncoded()));
      }
      text.append(TestCa.pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
      return Files.writeString(file, text);
    }
  }

  /** What is to stand in a certificate; good for a week, EC key. */
  public static final class Wish {
    private final String commonName;
    private final List<byte[]> names = new ArrayList<>();
    private final List<String> usages = new ArrayList<>();
    private Instant from = Instant.now().minus(1, ChronoUnit.DAYS);
    private Instant until = Instant.now().plus(7, ChronoUnit.DAYS);
    private String algorithm = "EC";
    private boolean authority;

    Wish(String commonName) {
      this.commonName = commonName;
    }

    public Wish dns(String name) {
      names.add(tagged(0x82, name.getBytes(UTF_8)));
      return this;
    }

    public Wish uri(String uri) {
      names.add(tagged(0x86, uri.getBytes(UTF_8)));
      return this;
    }

    public Wish ip(String address) throws IOException {
      names.add(tagged(0x87, InetAddress.getByName(address).getAddress()));
      return this;
    }

    public Wish usage(String oid) {
      usages.add(oid);
      return this;
    }

    public Wish valid(int daysFrom, int daysUntil) {
      from = Instant.now().plus(daysFrom, ChronoUnit.DAYS);
      until = Instant.now().plus(daysUntil, ChronoUnit.DAYS);
      return this;
    }

    public Wish rsa() {
      algorithm = "RSA";
      return this;
    }

    Wish asAuthority() {
      authority = true;
      return this;
    }
  }

  private final Identity self;
  private final String name;
  private final List<X509Certificate> above;

  private TestCa(String name, Identity self, List<X509Certificate> above) {
    this.name = name;
    this.self = self;
    this.above = above;
  }

  /** A root. */
  public static TestCa root(String name) throws Exception {
    Wish wish = wish(name).asAuthority();
    KeyPair keys = keys(wish);
    X509Certificate certificate = sign(wish, keys, name, keys);
    return new TestCa(name, new Identity(keys, List.of(certificate)), List.of());
  }

  /** An authority below this one. */
  public TestCa intermediate(String below) throws Exception {
    Wish wish = wish(below).asAuthority();
    KeyPair keys = keys(wish);
    X509Certificate certificate = sign(wish, keys, name, self.keys);
    List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
    chain.addAll(above);
    return new TestCa(below, new Identity(keys, chain), chain);
  }

  /** One that has signed nothing but may sign nothing either: its certificate says so. */
  public TestCa notAuthority() throws Exception {
    Identity plain = issue(wish("Not a CA"));
    return new TestCa("Not a CA", plain, plain.chain());
  }

  public static Wish wish(String commonName) {
    return new Wish(commonName);
  }

  public X509Certificate certificate() {
    return self.certificate();
  }

  /** A certificate of this authority. */
  public Identity issue(Wish wish) throws Exception {
    KeyPair keys = keys(wish);
    List<X509Certificate> chain = new ArrayList<>(List.of(sign(wish, keys, name, self.keys)));
    chain.addAll(above);
    return new Identity(keys, chain);
  }

  /** One that has signed itself. */
  public static Identity selfSigned(Wish wish) throws Exception {
    KeyPair keys = keys(wish);
    return new Identity(keys, List.of(sign(wish, keys, wish.commonName, keys)));
  }

  /** Writes this authority's certificate to a PEM file, to be trusted. */
  public Path pem(Path file) throws Exception {
    return Files.writeString(file, pem("CERTIFICATE", certificate().getEncoded()));
  }

  public static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static KeyPair keys(Wish wish) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(wish.algorithm);
    if (wish.algorithm.equals("RSA")) {
      generator.initialize(2048);
    } else {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
    return generator.generateKeyPair();
  }

  private static X509Certificate sign(Wish wish, KeyPair keys, String issuer, KeyPair signer)
      throws GeneralSecurityException {
    boolean rsa = signer.getPrivate().getAlgorithm().equals("RSA");
    byte[] algorithm =
        rsa
            ? sequence(oid("1.2.840.113549.1.1.11"), tagged(5))
            : sequence(oid("1.2.840.10045.4.3.2"));
    byte[] tbs =
        sequence(
            tagged(0xA0, tagged(2, new byte[] {2})),
            tagged(2, BigInteger.valueOf(SERIALS.incrementAndGet()).toByteArray()),
            algorithm,
            distinguished(issuer),
            sequence(time(wish.from), time(wish.until)),
            distinguished(wish.commonName),
            keys.getPublic().getEncoded(),
            tagged(0xA3, sequence(extensions(wish))));
    Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(signer.getPrivate());
    signature.update(tbs);
    byte[] der = sequence(tbs, algorithm, tagged(3, join(new byte[] {0}, signature.sign())));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static byte[] extensions(Wish wish) {
    List<byte[]> all = new ArrayList<>();
    if (wish.authority) {
      all.add(extension("2.5.29.19", true, sequence(tagged(1, new byte[] {-1}))));
    }
    if (!wish.names.isEmpty()) {
      all.add(extension("2.5.29.17", false, sequence(wish.names.toArray(new byte[0][]))));
    }
    if (!wish.usages.isEmpty()) {
      byte[][] oids = wish.usages.stream().map(TestCa::oid).toArray(byte[][]::new);
      all.add(extension("2.5.29.37", false, sequence(oids)));
    }
    return join(all.toArray(new byte[0][]));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return sequence(
        oid(oid), critical ? tagged(1, new byte[] {-1}) : new byte[0], tagged(4, value));
  }

  private static byte[] distinguished(String commonName) {
    return sequence(
        tagged(0x31, sequence(oid("2.5.4.3"), tagged(0x0C, commonName.getBytes(UTF_8)))));
  }

  private static byte[] time(Instant instant) {
    return tagged(0x18, TIME.format(instant).getBytes(UTF_8));
  }

  private static byte[] oid(String dotted) {
    String[] parts = dotted.split("\\.");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Integer.parseInt(parts[0]) * 40 + Integer.parseInt(parts[1]));
    for (int i = 2; i < parts.length; i++) {
      long value = Long.parseLong(parts[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (value >> shift != 0) {
          out.write((int) ((value >> shift & 0x7F) | 0x80));
        }
      }
      out.write((int) (value & 0x7F));
    }
    return tagged(6, out.toByteArray());
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, parts);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    byte[] contents = join(parts);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (contents.length < 0x80) {
      out.write(contents.length);
    } else if (contents.length < 0x100) {
      out.write(0x81);
      out.write(contents.length);
    } else {
      out.write(0x82);
      out.write(contents.length >> 8);
      out.write(contents.length);
    }
    out.writeBytes(contents);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
