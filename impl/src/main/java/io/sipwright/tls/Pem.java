package io.sipwright.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Certificates and private keys in PEM files (RFC 7468). */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final long LONGEST_FILE = 4 << 20;

  /** AlgorithmIdentifier of RSA keys: rsaEncryption, NULL. */
  private static final byte[] RSA = {
    0x30, 0x0D, 0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 5, 0
  };

  /** OBJECT IDENTIFIER id-ecPublicKey. */
  private static final byte[] EC = {6, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

  private Pem() {}

  /** All certificates of a file, at least one. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      Matcher blocks = BLOCK.matcher(text(file));
      while (blocks.find()) {
        if (blocks.group(1).endsWith("CERTIFICATE")) {
          byte[] der = Base64.getMimeDecoder().decode(blocks.group(2));
          found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw unreadable("PEM file", file, e);
    }
    if (found.isEmpty()) {
      throw new IOException(
          "No certificate in " + file + ": -----BEGIN CERTIFICATE----- is missing");
    }
    return found;
  }

  /** The first private key of a file. */
  static PrivateKey privateKey(Path file, @Nullable String password) throws IOException {
    Matcher blocks = BLOCK.matcher(text(file));
    while (blocks.find()) {
      if (!blocks.group(1).endsWith("PRIVATE KEY")) {
        continue;
      }
      if (blocks.group(2).contains("Proc-Type")) {
        throw new IOException(
            "The key in "
                + file
                + " is encrypted in a form of old; change it with: openssl pkcs8 -topk8 -in FILE");
      }
      try {
        byte[] der = Base64.getMimeDecoder().decode(blocks.group(2));
        return switch (blocks.group(1)) {
          case "ENCRYPTED PRIVATE KEY" -> pkcs8(decrypt(der, password));
          case "RSA PRIVATE KEY" -> pkcs8(wrap(RSA, der));
          case "EC PRIVATE KEY" -> pkcs8(wrap(ecAlgorithm(der), der));
          default -> pkcs8(der);
        };
      } catch (GeneralSecurityException | RuntimeException e) {
        throw unreadable("private key", file, e);
      }
    }
    throw new IOException("No private key in " + file + ": -----BEGIN PRIVATE KEY----- is missing");
  }

  /** Checks that a key is the one of a certificate, by signing something. */
  static void checkFits(X509Certificate certificate, PrivateKey key, KeySource source)
      throws IOException {
    PublicKey open = certificate.getPublicKey();
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
          default -> null;
        };
    try {
      if (algorithm == null) {
        return;
      }
      byte[] sample = {1, 2, 3};
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(sample);
      byte[] signature = signer.sign();
      signer.initVerify(open);
      signer.update(sample);
      if (signer.verify(signature)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(source + ": the private key is not that of the certificate", e);
    }
    throw new IOException(source + ": the private key is not that of the certificate");
  }

  /** A file that can't be used, in words. */
  static IOException unreadable(String what, Path file, Exception why) {
    String detail;
    if (why instanceof NoSuchFileException || !Files.exists(file)) {
      detail = "there is no such file";
    } else if (isWrongPassword(why)) {
      detail = "the password is wrong";
    } else {
      detail = String.valueOf((why.getCause() == null ? why : why.getCause()).getMessage());
    }
    return new IOException("The " + what + " " + file + " can't be read: " + detail, why);
  }

  /** Whether something could not be decrypted, which Java tells in many words and seldom these. */
  static boolean isWrongPassword(Throwable why) {
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnrecoverableKeyException || cause instanceof BadPaddingException) {
        return true;
      }
    }
    return false;
  }

  private static String text(Path file) throws IOException {
    try {
      if (Files.size(file) > LONGEST_FILE) {
        throw new IOException("longer than " + LONGEST_FILE + " bytes");
      }
      return Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      throw unreadable("PEM file", file, e);
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
    InvalidKeyException none = new InvalidKeyException("neither an RSA nor an EC nor an EdDSA key");
    for (String algorithm : List.of("RSA", "EC", "EdDSA", "RSASSA-PSS")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException e) {
        none.addSuppressed(e);
      }
    }
    throw none;
  }

  private static byte[] decrypt(byte[] der, @Nullable String password)
      throws GeneralSecurityException, IOException {
    if (password == null) {
      throw new InvalidKeyException("it is encrypted, and there is no password");
    }
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
    // PBES2 is told apart only by its parameters, whose text is the algorithm's name.
    String algorithm =
        info.getAlgName().equals("PBES2")
            ? String.valueOf(info.getAlgParameters())
            : info.getAlgName();
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray())),
        info.getAlgParameters());
    return cipher.doFinal(info.getEncryptedData());
  }

  /** {@code PrivateKeyInfo = SEQUENCE { version 0, algorithm, OCTET STRING }} (RFC 5208 §5). */
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return tagged(0x30, new byte[] {2, 1, 0}, algorithm, tagged(4, key));
  }

  /**
   * The curve is in {@code ECPrivateKey = SEQUENCE { version, OCTET STRING, [0] parameters, … }}
   * (RFC 5915 §3).
   */
  private static byte[] ecAlgorithm(byte[] key) throws InvalidKeyException {
    int at = contents(key, 0);
    at = end(key, at); // version
    at = end(key, at); // the secret
    if (at >= key.length || (key[at] & 0xFF) != 0xA0) {
      throw new InvalidKeyException("the EC key does not name its curve");
    }
    int from = contents(key, at);
    byte[] curve = java.util.Arrays.copyOfRange(key, from, end(key, at));
    return tagged(0x30, EC, curve);
  }

  private static int contents(byte[] der, int at) {
    int length = der[at + 1] & 0xFF;
    return at + 2 + (length < 0x80 ? 0 : length & 0x7F);
  }

  private static int end(byte[] der, int at) {
    int length = der[at + 1] & 0xFF;
    int from = contents(der, at);
    if (length >= 0x80) {
      length = 0;
      for (int i = at + 2; i < from; i++) {
        length = length << 8 | (der[i] & 0xFF);
      }
    }
    return from + length;
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream contents = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      contents.writeBytes(part);
    }
    int length = contents.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(contents.toByteArray());
    return out.toByteArray();
  }
}
