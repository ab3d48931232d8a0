package io.sipwright.javax.sip.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.testng.SkipException;

/** Messages to read: our own torture set, and those that lie beside the project. */
final class Corpus {
  private static final String OWN = "torture/";

  private Corpus() {}

  /** Rows of a table whose columns are separated by tabs, the heading left out. */
  static List<String[]> rows(String table) {
    List<String[]> rows = new ArrayList<>();
    for (String line : table.split("\n")) {
      rows.add(line.split("\t", -1));
    }
    return rows.subList(1, rows.size());
  }

  /** Our own set's table: file, what lenient and strict do with it, why. */
  static List<String[]> own() {
    return rows(new String(resource("MANIFEST.tsv"), StandardCharsets.UTF_8));
  }

  static byte[] own(String file) {
    return resource(file + ".sip");
  }

  private static byte[] resource(String name) {
    try (InputStream in = Corpus.class.getResourceAsStream(OWN + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files below a folder beside the project; the test is skipped where it's absent. */
  static List<Path> shared(String folder) {
    Path root = sharedFolder(folder);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*\\.(tsv|xml|dtd|md|yml|yaml)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path sharedFolder(String folder) {
    String root = System.getProperty("sipwright.shared");
    Path path = Path.of(root == null ? "shared" : root, "corpus", folder);
    if (!Files.isDirectory(path)) {
      throw new SkipException("there is no " + path);
    }
    return path;
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the parser makes of bytes: accept, the status to answer, or drop. */
  static String disposition(Parsed parsed) {
    if (parsed instanceof Malformed malformed) {
      return malformed.status() == 0 ? "drop" : String.valueOf(malformed.status());
    }
    return "accept";
  }
}
