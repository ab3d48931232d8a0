package io.sipwright.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where keys and certificates lie: read when they are needed, and again when it changed.
 */
public sealed interface KeySource {
  /** The files it is made of. */
  List<Path> files();

  /**
   * What is there now, as a key store in memory.
   *
   * @throws IOException if a file can't be read; the message names it and says what is wrong
   */
  Content read() throws IOException;

  /**
   * What was read.
   *
   * @param store keys with their chains, and trusted certificates
   * @param password of the keys in it
   */
  record Content(KeyStore store, String password) {}

  /**
   * A key store file.
   *
   * @param type "PKCS12", "JKS", …; null to find out from the file
   * @param password null for a store without one
   */
  record StoreFile(Path file, @Nullable String type, @Nullable String password)
      implements KeySource {
    @Override
    public List<Path> files() {
      return List.of(file);
    }

    @Override
    public Content read() throws IOException {
      try {
        KeyStore store = password == null ? openWithout() : open(password.toCharArray());
        if (store.size() == 0) {
          String without = password == null ? " that can be read without a password" : "";
          throw new IOException("there is nothing in it" + without);
        }
        return new Content(store, password == null ? "" : password);
      } catch (GeneralSecurityException | IOException | RuntimeException e) {
        throw Pem.unreadable("key store", file, e);
      }
    }

    private KeyStore open(char @Nullable [] secret) throws GeneralSecurityException, IOException {
      if (type == null) {
        return KeyStore.getInstance(file.toFile(), secret);
      }
      KeyStore store = KeyStore.getInstance(type);
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, secret);
      }
      return store;
    }

    /** To have no password and to have an empty one is not the same, and both happens. */
    private KeyStore openWithout() throws GeneralSecurityException, IOException {
      try {
        return open(new char[0]);
      } catch (IOException e) {
        if (!Pem.isWrongPassword(e)) {
          throw e;
        }
        return open(null);
      }
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "key store " + file;
    }
  }

  /**
   * PEM files.
   *
   * @param certificates the owner's certificate and then those of its issuers; or, without a key,
   *     any number that are trusted
   * @param key PKCS #8 (encrypted or not), or the older forms for RSA and EC; may be in the same
   *     file; null if these are trusted certificates
   * @param password of an encrypted key, or null
   */
  record PemFiles(Path certificates, @Nullable Path key, @Nullable String password)
      implements KeySource {
    @Override
    public List<Path> files() {
      return key == null ? List.of(certificates) : List.of(certificates, key);
    }

    @Override
    public Content read() throws IOException {
      char[] none = new char[0];
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, none);
        List<X509Certificate> chain = Pem.certificates(certificates);
        if (key == null) {
          for (int i = 0; i < chain.size(); i++) {
            store.setCertificateEntry("trusted" + i, chain.get(i));
          }
        } else {
          PrivateKey secret = Pem.privateKey(key, password);
          Pem.checkFits(chain.get(0), secret, this);
          store.setKeyEntry("key", secret, none, chain.toArray(new X509Certificate[0]));
        }
        return new Content(store, "");
      } catch (GeneralSecurityException e) {
        throw Pem.unreadable("PEM file", key == null ? certificates : key, e);
      }
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "PEM files " + files();
    }
  }
}
