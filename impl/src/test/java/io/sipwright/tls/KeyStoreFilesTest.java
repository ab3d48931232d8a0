package io.sipwright.tls;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Key stores and trust stores that can't be used, and what's said about them. */
public class KeyStoreFilesTest {
  private Path folder;

  @BeforeClass
  public void make() throws Exception {
    folder = Files.createTempDirectory("sipwright-stores");
    TestCa.Identity own = TestCa.selfSigned(TestCa.wish("a"));
    own.store(folder.resolve("keys.p12"), "PKCS12", "secret");
    own.store(folder.resolve("keys.jks"), "JKS", "secret");
    own.store(folder.resolve("open.p12"), "PKCS12", "");
    for (String type : List.of("PKCS12", "JKS")) {
      KeyStore trust = KeyStore.getInstance(type);
      trust.load(null, null);
      store(trust, "empty." + type);
      trust.setCertificateEntry("ca", own.certificate());
      store(trust, "trust." + type);
      trust.setKeyEntry(
          "key",
          own.keys().getPrivate(),
          "other".toCharArray(),
          own.chain().toArray(new Certificate[0]));
      store(trust, "mixed." + type);
    }
    Files.writeString(folder.resolve("rubbish"), "rubbish");
  }

  private void store(KeyStore store, String name) throws Exception {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      store.store(out, "secret".toCharArray());
    }
  }

  @AfterClass
  public void delete() throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private TlsContext context(boolean trust, String file, String password) throws IOException {
    List<KeySource> sources =
        List.of(new KeySource.StoreFile(folder.resolve(file), null, password));
    TlsSettings.Builder settings = TlsSettings.builder();
    return new TlsContext((trust ? settings.trust(sources) : settings.keys(sources)).build());
  }

  @DataProvider
  public static Object[][] unusable() {
    return new Object[][] {
      {false, "keys.p12", "wrong", "can't be read: the password is wrong"},
      {false, "keys.jks", "wrong", "can't be read: the password is wrong"},
      {false, "keys.p12", null, "can't be used: the key in it needs another password"},
      {false, "keys.jks", null, "can't be used: the key in it needs another password"},
      {false, "mixed.JKS", "secret", "can't be used: the key in it needs another password"},
      {false, "empty.PKCS12", "secret", "can't be read: there is nothing in it"},
      {false, "rubbish", "secret", "can't be read: Unrecognized keystore format"},
      {false, "missing", "secret", "can't be read: there is no such file"},
      {true, "trust.PKCS12", "wrong", "can't be read: the password is wrong"},
      {true, "trust.JKS", "wrong", "can't be read: the password is wrong"},
      {
        true, "trust.PKCS12", null, "can't be read: there is nothing in it that can be read without"
      },
      {true, "empty.JKS", null, "can't be read: there is nothing in it"},
      {true, "rubbish", null, "can't be read: Unrecognized keystore format"},
      {true, "missing", null, "can't be read: there is no such file"},
    };
  }

  @Test(dataProvider = "unusable")
  public void store_that_can_not_be_used_is_named_with_the_reason(
      boolean trust, String file, String password, String told) {
    IOException e = expectThrows(IOException.class, () -> context(trust, file, password));
    String start = "The key store " + folder.resolve(file) + " " + told;
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
  }

  @DataProvider
  public static Object[][] usable() {
    return new Object[][] {
      {false, "keys.p12", "secret", false},
      {false, "keys.jks", "secret", false},
      {false, "open.p12", null, false},
      {false, "trust.PKCS12", "secret", true},
      {true, "trust.PKCS12", "secret", true},
      {true, "trust.JKS", null, true},
    };
  }

  @Test(dataProvider = "usable")
  public void store_is_read_with_its_password_or_the_empty_one(
      boolean trust, String file, String password, boolean withoutKeys) throws Exception {
    assertEquals(context(trust, file, password).isWithoutKeys(), withoutKeys);
  }
}
