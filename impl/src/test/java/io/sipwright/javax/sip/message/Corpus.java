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

  /** The messages of a flow: YAML with a literal block ({@code - |+}) for each. */
  static List<byte[]> flow(Path yaml) {
    List<byte[]> messages = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    for (String line : new String(read(yaml), StandardCharsets.UTF_8).split("\r?\n", -1)) {
      if (line.equals("- |+")) {
        add(message, messages);
      } else if (line.startsWith("  ")) {
        message.append(line.substring(2)).append("\r\n");
      } else if (line.isEmpty() && !message.isEmpty()) {
        message.append("\r\n");
      } else if (!line.startsWith("#") && !line.isEmpty()) {
        throw new AssertionError(yaml + " has a line that's of no block: " + line);
      }
    }
    add(message, messages);
    return messages;
  }

  private static void add(StringBuilder message, List<byte[]> messages) {
    if (!message.isEmpty()) {
      messages.add(message.toString().getBytes(StandardCharsets.UTF_8));
      message.setLength(0);
    }
  }

  /** The flows below a folder, as {@link #shared}. */
  static List<Path> sharedFlows(String folder) {
    try (Stream<Path> files = Files.walk(sharedFolder(folder))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
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
