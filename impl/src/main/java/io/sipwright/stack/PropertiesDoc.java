package io.sipwright.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes {@code docs/properties.md} from the tables of properties. */
public final class PropertiesDoc {
  private static final String HEAD =
      """
      # Properties

      What `SipFactory.createSipStack(Properties)` understands. This page is made from the tables the stack itself reads
      (`ConfigTables`); to make it anew, after a build:

          java -cp impl/target/classes io.sipwright.stack.PropertiesDoc docs/properties.md

      Where a property has several names, the first one that is set counts. An empty value counts as not set. White space at
      either end is taken off. A value that can't be read stops the stack from being made, with an exception that names the
      property, the value and what would be right. A name that starts with `javax.sip.`, `io.sipwright.` or `gov.nist.` and
      is not on this page is never an error: it is logged once as a warning, with the nearest name there is.
      """;

  private PropertiesDoc() {}

  /** Writes the page to the file named by the argument, or to standard output without one. */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      System.out.print(markdown());
    } else {
      Files.writeString(Path.of(args[0]), markdown());
    }
  }

  /** The page as Markdown. */
  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (ConfigTables.Chapter chapter : ConfigTables.CHAPTERS) {
      page.append("\n## ").append(chapter.title()).append("\n\n");
      page.append("| property | value | default | meaning |\n|---|---|---|---|\n");
      for (ConfigKey key : chapter.keys()) {
        appendRow(page, key.row());
      }
    }
    page.append(
        """

        ## Accepted, no effect

        Properties that programs for the old reference stack set, and that this one takes with a warning that gives the reason.

        | property | why |
        |---|---|
        """);
    for (Map.Entry<String, String> row : IgnoredKeys.reasons().entrySet()) {
      page.append("| `").append(row.getKey()).append("` | ").append(row.getValue()).append(" |\n");
    }
    return page.toString();
  }

  private static void appendRow(StringBuilder page, ConfigRow row) {
    page.append("| `").append(row.names().get(0)).append('`');
    for (String alias : row.aliases()) {
      page.append("<br>`").append(alias).append('`');
    }
    String defaultText = row.defaultText();
    page.append(" | ").append(row.kind().expected());
    page.append(" | ");
    if (defaultText == null || defaultText.isEmpty()) {
      page.append("none");
    } else {
      page.append('`').append(defaultText).append('`');
    }
    page.append(" | ").append(row.meaning()).append(" |\n");
  }
}
