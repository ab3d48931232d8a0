package io.sipwright.stack;

import io.sipwright.dns.Answer;
import io.sipwright.dns.DnsRecord;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.locator.Abilities;
import io.sipwright.locator.Located;
import io.sipwright.locator.Located.Step;
import io.sipwright.locator.Target;
import java.io.PrintWriter;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.spi.ToolProvider;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code sipwright-locate URI [key=value]...}: shows how the servers of a URI are found. A {@link
 * ToolProvider}, so that programs that know nothing of Sipwright can run it.
 *
 * <p>Keys: {@code dns} and {@code enum} are the properties {@code DNS_SERVERS} and {@code
 * ENUM_SUFFIX}; {@code transports} those of the one who asks, as in {@code udp,tcp}; {@code seed}
 * makes the choice by weights repeatable; {@code json} is {@code true} for JSON in place of text.
 */
public final class LocateTool implements ToolProvider {
  private static final String TRANSPORTS = "udp,tcp,tls,ws,wss";

  /** For {@link java.util.ServiceLoader}. */
  public LocateTool() {}

  @Override
  public String name() {
    return "sipwright-locate";
  }

  /**
   * Runs it.
   *
   * @return 0 if there are targets, 1 if there are none, 2 if an argument is wrong
   */
  @Override
  public int run(PrintWriter out, PrintWriter err, String... args) {
    Properties options = new Properties();
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      options.setProperty(args[i].substring(0, Math.max(0, equals)), args[i].substring(equals + 1));
    }
    try {
      URI uri = new AddressFactoryImpl().createURI(args.length == 0 ? "" : args[0]);
      Located located = locate(uri, options);
      if (Boolean.parseBoolean(options.getProperty("json"))) {
        out.println(json(uri, located));
      } else {
        print(uri, located, out);
      }
      out.flush();
      return located.targets().isEmpty() ? 1 : 0;
    } catch (ParseException | IllegalArgumentException e) {
      err.println(e.getMessage());
      err.flush();
      return 2;
    }
  }

  private static Located locate(URI uri, Properties options) {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "locate");
    properties.setProperty(LocatorProperty.DNS_SERVERS.key(), options.getProperty("dns", ""));
    properties.setProperty(LocatorProperty.ENUM_SUFFIX.key(), options.getProperty("enum", ""));
    Abilities able =
        new Abilities(List.of(options.getProperty("transports", TRANSPORTS).split(",")), List.of());
    String seed = options.getProperty("seed");
    RandomGenerator random =
        seed == null ? new SplittableRandom() : new SplittableRandom(Long.parseLong(seed));
    CompletableFuture<Located> found = new CompletableFuture<>();
    try (SocketEnvironment environment = new SocketEnvironment(StackConfig.of(properties))) {
      environment.locator().locate(uri, able, random, found::complete);
      return found.join();
    }
  }

  // --- text ---

  private static void print(URI uri, Located located, PrintWriter out) {
    out.println(uri);
    out.println();
    for (Step step : located.steps()) {
      out.printf("%-16s%s%s%n", step.section(), step.answer() == null ? "" : "? ", step.text());
      if (step.answer() != null) {
        printAnswer(step.answer(), out);
      }
    }
    out.println();
    if (located.targets().isEmpty()) {
      out.println("No target: " + located.failure());
      return;
    }
    out.println("Targets, in the order to try them (RFC 3263 §4.3):");
    int number = 1;
    for (Target target : located.targets()) {
      String domain = target.domain() == null ? "" : "  for " + target.domain();
      out.printf("%3d  %s%s%n", number++, target, domain);
    }
    if (located.authenticated()) {
      out.println("The name server says that all answers are authentic (DNSSEC).");
    }
  }

  private static void printAnswer(Answer answer, PrintWriter out) {
    String indent = " ".repeat(18);
    switch (answer.outcome()) {
      case NO_DOMAIN -> out.println(indent + "there's no such name");
      case NO_DATA -> out.println(indent + "the name has no such records");
      case FAILED -> out.println(indent + "no answer: " + answer.failure());
      case FOUND -> {
        if (answer.canonicalName() != null) {
          out.println(indent + "alias of " + answer.canonicalName());
        }
        for (DnsRecord record : answer.records()) {
          out.println(indent + record + "   (" + answer.ttlSeconds() + " s)");
        }
      }
    }
  }

  // --- JSON ---

  private static String json(URI uri, Located located) {
    List<String> steps = new ArrayList<>();
    for (Step step : located.steps()) {
      Answer answer = step.answer();
      String start = "{\"section\":" + quoted(step.section()) + ",";
      steps.add(
          answer == null
              ? start + "\"choice\":" + quoted(step.text()) + "}"
              : start + answer(answer) + "}");
    }
    List<String> targets = new ArrayList<>();
    for (Target target : located.targets()) {
      targets.add(
          "{\"host\":"
              + quoted(target.host())
              + ",\"port\":"
              + target.port()
              + ",\"transport\":"
              + quoted(target.transport())
              + ",\"domain\":"
              + quoted(target.domain())
              + "}");
    }
    return "{\"uri\":"
        + quoted(uri.toString())
        + ",\"steps\":["
        + String.join(",", steps)
        + "],\"targets\":["
        + String.join(",", targets)
        + "],\"failure\":"
        + quoted(located.failure())
        + ",\"authenticated\":"
        + located.authenticated()
        + "}";
  }

  private static String answer(Answer answer) {
    List<String> records = new ArrayList<>();
    for (DnsRecord record : answer.records()) {
      records.add(quoted(record.toString()));
    }
    return "\"question\":{\"name\":"
        + quoted(answer.question().name())
        + ",\"type\":"
        + quoted(answer.question().type().name())
        + "},\"outcome\":"
        + quoted(answer.outcome().name())
        + ",\"records\":["
        + String.join(",", records)
        + "],\"ttl\":"
        + answer.ttlSeconds()
        + ",\"authenticated\":"
        + answer.authenticated()
        + ",\"failure\":"
        + quoted(answer.failure());
  }

  /** RFC 8259 §7. */
  private static String quoted(@Nullable String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
