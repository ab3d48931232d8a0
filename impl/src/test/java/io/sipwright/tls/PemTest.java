package io.sipwright.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class PemTest {
  private Path folder;
  private TestCa.Identity rsa;
  private TestCa.Identity ec;

  @BeforeClass
  public void make() throws Exception {
    folder = Files.createTempDirectory("sipwright-pem");
    rsa = TestCa.selfSigned(TestCa.wish("a").rsa());
    ec = TestCa.selfSigned(TestCa.wish("a"));
  }

  @AfterClass
  public void delete() throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "t", ".pem"), text);
  }

  private static PrivateKey secret(KeyPair keys) {
    return keys.getPrivate();
  }

  /** What stands in PKCS #8 behind version and algorithm: the last OCTET STRING. */
  private static byte[] inner(PrivateKey key, int headerLength) {
    byte[] der = key.getEncoded();
    return Arrays.copyOfRange(der, headerLength, der.length);
  }

  @Test
  public void keys_are_read_in_each_form() throws Exception {
    PrivateKey key = secret(rsa.keys());
    assertEquals(Pem.privateKey(file(TestCa.pem("PRIVATE KEY", key.getEncoded())), null), key);
    // SEQUENCE (4), version (3), algorithm (15), OCTET STRING (4)
    assertEquals(Pem.privateKey(file(TestCa.pem("RSA PRIVATE KEY", inner(key, 26))), null), key);
    PrivateKey curve = secret(ec.keys());
    assertEquals(Pem.privateKey(file(TestCa.pem("PRIVATE KEY", curve.getEncoded())), null), curve);
  }

  /** As openssl writes it: SEQUENCE { 1, secret, [0] curve }. */
  @Test
  public void key_in_the_form_of_rfc_5915_is_read() throws Exception {
    java.security.interfaces.ECPrivateKey key =
        (java.security.interfaces.ECPrivateKey) secret(ec.keys());
    byte[] number = key.getS().toByteArray();
    byte[] secret = new byte[32];
    int length = Math.min(32, number.length);
    System.arraycopy(number, number.length - length, secret, 32 - length, length);
    byte[] der = new byte[2 + 3 + 2 + 32 + 2 + 10];
    byte[] head = {0x30, (byte) (der.length - 2), 2, 1, 1, 4, 32};
    System.arraycopy(head, 0, der, 0, head.length);
    System.arraycopy(secret, 0, der, 7, 32);
    byte[] curve = {(byte) 0xA0, 10, 6, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 3, 1, 7};
    System.arraycopy(curve, 0, der, 39, curve.length);
    var read =
        (java.security.interfaces.ECPrivateKey)
            Pem.privateKey(file(TestCa.pem("EC PRIVATE KEY", der)), null);
    assertEquals(read.getS(), key.getS());
    assertEquals(read.getParams().toString(), key.getParams().toString());
  }

  @DataProvider
  public static Object[][] ciphers() {
    return new Object[][] {
      {new String[] {"-v2", "aes256"}},
      {new String[] {"-v2", "aes128", "-v2prf", "hmacWithSHA1"}},
      {new String[] {"-v1", "PBE-SHA1-3DES"}},
    };
  }

  @Test(dataProvider = "ciphers")
  public void key_encrypted_by_openssl_is_read_with_its_password_only(String[] options)
      throws Exception {
    PrivateKey key = secret(rsa.keys());
    Path plain = file(TestCa.pem("PRIVATE KEY", key.getEncoded()));
    Path file = folder.resolve(String.join("", options) + ".pem");
    List<String> command = new ArrayList<>(List.of("openssl", "pkcs8", "-topk8"));
    command.addAll(List.of("-in", plain.toString(), "-out", file.toString()));
    command.addAll(List.of("-passout", "pass:secret"));
    command.addAll(List.of(options));
    Process openssl;
    try {
      openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new SkipException("openssl is not installed", e);
    }
    String said = new String(openssl.getInputStream().readAllBytes(), US_ASCII);
    assertEquals(openssl.waitFor(), 0, said);
    assertEquals(Pem.privateKey(file, "secret"), key);
    IOException wrong = expectThrows(IOException.class, () -> Pem.privateKey(file, "other"));
    assertTrue(wrong.getMessage().contains(file.toString()), wrong.getMessage());
    IOException none = expectThrows(IOException.class, () -> Pem.privateKey(file, null));
    assertTrue(none.getMessage().contains("no password"), none.getMessage());
  }

  @DataProvider
  public static Object[][] rubbish() {
    return new Object[][] {
      {"", "-----BEGIN PRIVATE KEY----- is missing"},
      {TestCa.pem("PRIVATE KEY", new byte[] {1, 2, 3}), "neither an RSA nor an EC"},
      {TestCa.pem("EC PRIVATE KEY", new byte[] {0x30, 3, 2, 1, 1}), "can't be read"},
      {"-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n", "can't be read"},
      {
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAA==\n-----END RSA PRIVATE KEY-----",
        "can't be read"
      },
    };
  }

  @Test(dataProvider = "rubbish")
  public void what_is_no_key_is_told_with_its_file(String text, String told) throws Exception {
    Path file = file(text);
    IOException e = expectThrows(IOException.class, () -> Pem.privateKey(file, null));
    assertTrue(
        e.getMessage().contains(file.toString())
            && (e.getMessage().contains(told) || e.getMessage().contains("encrypted")),
        e.getMessage());
  }

  @Test
  public void key_of_another_certificate_is_refused() throws Exception {
    Path certificate = file(TestCa.pem("CERTIFICATE", ec.certificate().getEncoded()));
    TestCa.Identity other = TestCa.selfSigned(TestCa.wish("b"));
    for (KeyPair keys : new KeyPair[] {other.keys(), rsa.keys()}) {
      Path key = file(TestCa.pem("PRIVATE KEY", secret(keys).getEncoded()));
      IOException e =
          expectThrows(
              IOException.class, () -> new KeySource.PemFiles(certificate, key, null).read());
      assertTrue(e.getMessage().contains("not that of the certificate"), e.getMessage());
    }
  }

  @Test
  public void file_without_certificate_is_refused() throws Exception {
    Path file = file("x");
    IOException e = expectThrows(IOException.class, () -> Pem.certificates(file));
    assertTrue(e.getMessage().contains("No certificate in " + file), e.getMessage());
  }
}
