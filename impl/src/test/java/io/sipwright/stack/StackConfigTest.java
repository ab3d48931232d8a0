package io.sipwright.stack;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.tls.ClientAuth;
import io.sipwright.tls.TlsSettings;
import io.sipwright.transaction.Timings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testng.SkipException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What is read from properties, what is refused, and what is warned about. */
public class StackConfigTest {
  private static Properties properties(String... keysAndValues) {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "test");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    return properties;
  }

  private static StackConfig config(String... keysAndValues) {
    return StackConfig.of(properties(keysAndValues));
  }

  @Test
  public void a_stack_without_a_name_is_refused() {
    for (String name : new String[] {null, "", "  "}) {
      Properties properties = new Properties();
      if (name != null) {
        properties.setProperty("javax.sip.STACK_NAME", name);
      }
      String message =
          expectThrows(IllegalArgumentException.class, () -> StackConfig.of(properties))
              .getMessage();
      assertTrue(message.startsWith("javax.sip.STACK_NAME is missing"), message);
    }
    assertThrows(NullPointerException.class, () -> StackConfig.of(null));
  }

  @Test
  public void defaults_are_those_of_the_api_and_the_rfc() {
    StackConfig c = StackConfig.named("a name");
    assertEquals(c.stackName(), "a name");
    assertNull(c.ipAddress());
    assertNull(c.outboundProxy());
    assertNull(c.routerPath());
    assertTrue(c.useRouterForAllUris());
    assertTrue(c.automaticDialogSupport());
    assertFalse(c.retransmissionFilter());
    assertEquals(c.extensionMethods(), List.of());
    assertEquals(c.forkableEvents(), List.of());
    assertEquals(c.timings(), Timings.DEFAULT);
    assertEquals(c.listenerConcurrency(), ListenerConcurrency.SERIAL);
    assertEquals(c.threadPoolSize(), 0);
    assertEquals(c.congestionControlTimeoutMillis(), 8000);
    assertTrue(c.automaticDialogErrorHandling());
    assertTrue(c.rfc2543Support());
    assertEquals(c.maxForkTimeSeconds(), 32);
    assertEquals(c.earlyDialogTimeoutSeconds(), 180);
    assertEquals(c.maxClientTransactions(), 0);
    assertTrue(c.maxServerTransactions() >= 1000);
    assertFalse(c.strictParsing());
    assertTrue(c.logMessageContent());
  }

  @DataProvider
  public Object[][] values() {
    return new Object[][] {
      {"javax.sip.AUTOMATIC_DIALOG_SUPPORT", "OFF", "automaticDialogSupport", false},
      {"javax.sip.AUTOMATIC_DIALOG_SUPPORT", "oFf ", "automaticDialogSupport", false},
      {"javax.sip.AUTOMATIC_DIALOG_SUPPORT", "On", "automaticDialogSupport", true},
      {"javax.sip.AUTOMATIC_DIALOG_SUPPORT", "false", "automaticDialogSupport", false},
      {"javax.sip.AUTOMATIC_DIALOG_SUPPORT", "", "automaticDialogSupport", true},
      {"javax.sip.RETRANSMISSION_FILTER", "ON", "retransmissionFilter", true},
      {"javax.sip.USE_ROUTER_FOR_ALL_URIS", "False", "useRouterForAllUris", false},
      {"javax.sip.EXTENSION_METHODS", "FOO:BAR", "extensionMethods", List.of("FOO", "BAR")},
      {"javax.sip.EXTENSION_METHODS", " FOO : ", "extensionMethods", List.of("FOO")},
      {"javax.sip.FORKABLE_EVENTS", "foo, a.b", "forkableEvents", List.of("foo", "a.b")},
      {"javax.sip.OUTBOUND_PROXY", "10.0.0.1:5060/udp", "outboundProxy", "10.0.0.1:5060/udp"},
      {"javax.sip.IP_ADDRESS", " 127.0.0.1 ", "ipAddress", "127.0.0.1"},
      {"javax.sip.ROUTER_PATH", "a.b.Router", "routerPath", "a.b.Router"},
      {
        "gov.nist.javax.sip.REENTRANT_LISTENER",
        "true",
        "listenerConcurrency",
        ListenerConcurrency.PER_CALL
      },
      {
        "gov.nist.javax.sip.REENTRANT_LISTENER",
        "FALSE",
        "listenerConcurrency",
        ListenerConcurrency.SERIAL
      },
      {
        "io.sipwright.LISTENER_CONCURRENCY",
        "Inline",
        "listenerConcurrency",
        ListenerConcurrency.INLINE
      },
      {"gov.nist.javax.sip.THREAD_POOL_SIZE", "64", "threadPoolSize", 64},
      {"gov.nist.javax.sip.THREAD_POOL_SIZE", "infinity", "threadPoolSize", 0},
      {"io.sipwright.THREAD_POOL_SIZE", "-1", "threadPoolSize", 0},
      {
        "gov.nist.javax.sip.NIO_MAX_SOCKET_IDLE_TIME",
        "1800000",
        "maxSocketIdleTimeMillis",
        1_800_000
      },
      {"gov.nist.javax.sip.READ_TIMEOUT", "-1", "readTimeoutMillis", 0},
      {"gov.nist.javax.sip.MAX_MESSAGE_SIZE", "1000", "maxMessageSize", 4096},
      {"gov.nist.javax.sip.MAX_MESSAGE_SIZE", "0", "maxMessageSize", 64 << 20},
      {"io.sipwright.MAX_MESSAGE_SIZE", "70000", "maxMessageSize", 70_000},
      {"gov.nist.javax.sip.MAX_SERVER_TRANSACTIONS", "5000", "maxServerTransactions", 5000},
      {"io.sipwright.MAX_SERVER_TRANSACTIONS", "unlimited", "maxServerTransactions", 0},
      {"io.sipwright.T1", "100", "timings", new Timings(100, 4000, 5000)},
    };
  }

  @Test(dataProvider = "values")
  public void a_value_is_read(String key, String text, String accessor, Object expected)
      throws ReflectiveOperationException {
    assertEquals(StackConfig.class.getMethod(accessor).invoke(config(key, text)), expected);
  }

  @DataProvider
  public Object[][] badValues() {
    return new Object[][] {
      {"gov.nist.javax.sip.THREAD_POOL_SIZE", "abc", "should be a whole number from 1 to"},
      {"io.sipwright.THREAD_POOL_SIZE", "-7", "should be a whole number from 1 to"},
      {"io.sipwright.T1", "0", "should be a whole number from 1 to 60000 (ms)"},
      {"io.sipwright.T1", "99999999999", "should be a whole number"},
      {"javax.sip.AUTOMATIC_DIALOG_SUPPORT", "maybe", "should be on or off"},
      {"gov.nist.javax.sip.RFC_2543_SUPPORT_ENABLED", "1", "should be true or false"},
      {"gov.nist.javax.sip.REENTRANT_LISTENER", "x", "should be serial, per-call or inline"},
      {"javax.sip.EXTENSION_METHODS", "FOO:CANCEL", "not ACK, BYE, CANCEL, PRACK"},
      {"javax.sip.EXTENSION_METHODS", "F OO", "should be words with : between them"},
      {"javax.sip.IP_ADDRESS", "a\r\nb", "should be text"},
      {"io.sipwright.CONNECTION_REUSE", "udp", "should be a list of tls and tcp"},
      {"io.sipwright.PROXY_PROTOCOL", "lb.example.com", "should be all, or numeric addresses"},
      {"io.sipwright.PROXY_PROTOCOL", "::ffff:10.0.0.0/8", "with less than 96 it's none"},
      {"io.sipwright.MULTICAST_GROUPS", "192.0.2.1", "should be numeric multicast addresses"},
      {"io.sipwright.MULTICAST_GROUPS", "sip.mcast.net", "should be numeric multicast addresses"},
      {"io.sipwright.UDP_SOCKETS", "0", "should be a whole number from 1 to 64"},
      {"javax.sip.OUTBOUND_PROXY", "a:b/udp", "should be host:port/transport"},
    };
  }

  @Test(dataProvider = "badValues")
  public void a_bad_value_is_refused_with_key_value_and_what_would_be_right(
      String key, String text, String right) {
    String message =
        expectThrows(IllegalArgumentException.class, () -> config(key, text)).getMessage();
    assertTrue(message.startsWith(key + "=" + text), message);
    assertTrue(message.contains(right), message);
  }

  @Test
  public void a_router_of_ones_own_gets_any_outbound_proxy() {
    StackConfig c = config("javax.sip.OUTBOUND_PROXY", "a:b:c", "javax.sip.ROUTER_PATH", "x.Y");
    assertEquals(c.outboundProxy(), "a:b:c");
  }

  @DataProvider
  public Object[][] names() {
    List<Object[]> rows = new ArrayList<>();
    for (ConfigKey key : ConfigTables.keys()) {
      for (String name : key.row().names()) {
        rows.add(new Object[] {key, name});
      }
    }
    return rows.toArray(new Object[0][]);
  }

  @Test
  public void every_table_is_a_chapter() {
    Set<Class<?>> tables = new HashSet<>();
    ConfigTables.CHAPTERS.forEach(chapter -> tables.add(chapter.keys().get(0).getClass()));
    assertEquals(tables, Set.of(ConfigKey.class.getPermittedSubclasses()));
  }

  /** A line of text that no row but text takes, so that it shows that the name is looked at. */
  @Test(dataProvider = "names")
  public void every_name_and_alias_is_looked_at(ConfigKey key, String name) {
    Properties properties = properties(name, "x\ny");
    String message =
        expectThrows(IllegalArgumentException.class, () -> StackConfig.of(properties)).getMessage();
    assertTrue(message.startsWith(name + "=x\ny: should be "), message);
    assertNotNull(key);
  }

  @Test
  public void the_own_name_wins_over_aliases() {
    StackConfig c =
        config("gov.nist.javax.sip.THREAD_POOL_SIZE", "1", "io.sipwright.THREAD_POOL_SIZE", "2");
    assertEquals(c.threadPoolSize(), 2);
  }

  @Test
  public void numbers_and_booleans_put_as_objects_and_default_properties_are_read() {
    Properties properties = new Properties(properties("io.sipwright.T2", "800"));
    properties.put("gov.nist.javax.sip.THREAD_POOL_SIZE", 7);
    properties.put("javax.sip.AUTOMATIC_DIALOG_SUPPORT", false);
    StackConfig c = StackConfig.of(properties);
    assertEquals(c.stackName(), "test");
    assertEquals(c.threadPoolSize(), 7);
    assertEquals(c.timings().t2(), 800);
    assertFalse(c.automaticDialogSupport());
  }

  @DataProvider
  public Object[][] unknown() {
    return new Object[][] {
      {"javax.sip.STACKNAME", "javax.sip.STACK_NAME"},
      {"javax.sip.AUTOMATIC_DIALOG_SUPORT", "javax.sip.AUTOMATIC_DIALOG_SUPPORT"},
      {"io.sipwright.AUTOMATIC_DIALOG_SUPPORT", "javax.sip.AUTOMATIC_DIALOG_SUPPORT"},
      {"gov.nist.javax.sip.THREADPOOL_SIZE", "gov.nist.javax.sip.THREAD_POOL_SIZE"},
      {"io.sipwright.thread_pool_size", "io.sipwright.THREAD_POOL_SIZE"},
      {"gov.nist.javax.sip.T1", "io.sipwright.T1"},
      {"gov.nist.javax.sip.TRACE_LEVL", "gov.nist.javax.sip.TRACE_LEVEL"},
      {"io.sipwright.NOTHING_LIKE_IT_AT_ALL", null},
    };
  }

  @Test(dataProvider = "unknown")
  public void an_unknown_key_is_warned_about_once_with_the_nearest_name(String key, String near) {
    List<String> log = new ArrayList<>();
    UnknownKeys unknownKeys = new UnknownKeys(log::add);
    Properties properties = properties(key, "1");
    unknownKeys.check(properties);
    unknownKeys.check(properties);
    unknownKeys.check(new Properties(properties));
    String expected =
        "unknown property "
            + key
            + " has no effect"
            + (near == null ? "" : "; did you mean " + near + "?");
    assertEquals(log, List.of(expected));
    assertEquals(StackConfig.of(properties).stackName(), "test");
  }

  @Test
  public void known_names_and_foreign_names_are_not_warned_about() {
    List<String> log = new ArrayList<>();
    UnknownKeys unknownKeys = new UnknownKeys(log::add);
    Properties properties = properties("java.version", "1", "javax.net.ssl.keyStore", "x");
    for (ConfigKey key : ConfigTables.keys()) {
      key.row().names().forEach(name -> properties.setProperty(name, "1"));
    }
    unknownKeys.check(properties);
    assertEquals(log, List.of());
  }

  @DataProvider
  public Object[][] clientAuth() {
    return new Object[][] {
      {"Disabled", ClientAuth.OFF}, {"Want", ClientAuth.WANTED}, {"Enabled", ClientAuth.NEEDED}
    };
  }

  @Test(dataProvider = "clientAuth")
  public void tls_properties_of_the_old_stack_have_their_names_and_values(
      String text, ClientAuth expected) {
    String old = "gov.nist.javax.sip.";
    TlsSettings tls =
        StackConfig.of(
                properties(
                    old + "TLS_CLIENT_AUTH_TYPE",
                    text,
                    old + "TLS_CLIENT_PROTOCOLS",
                    "TLSv1.2, TLSv1.1, TLSv1",
                    old + "ENABLED_CIPHER_SUITES",
                    "TLS_AES_128_GCM_SHA256, TLS_DH_anon_WITH_AES_128_CBC_SHA",
                    old + "SSL_HANDSHAKE_TIMEOUT",
                    "1234"))
            .secureTransports()
            .tls();
    assertEquals(tls.clientAuth(), expected);
    assertEquals(tls.protocols().get(0), "TLSv1.2");
    assertEquals(tls.cipherSuites().get(0), "TLS_AES_128_GCM_SHA256");
    assertEquals(tls.handshakeTimeoutMillis(), 1234);
  }

  @Test
  public void congestion_control_can_be_turned_off_by_either_property() {
    String old = "gov.nist.javax.sip.CONGESTION_CONTROL_";
    StackConfig off = StackConfig.of(properties(old + "ENABLED", "false", old + "TIMEOUT", "500"));
    assertEquals(off.congestionControlTimeoutMillis(), 0);
    StackConfig on = StackConfig.of(properties(old + "ENABLED", "true", old + "TIMEOUT", "500"));
    assertEquals(on.congestionControlTimeoutMillis(), 500);
  }

  @Test
  public void a_name_without_effect_is_warned_about_once_with_the_reason() {
    List<String> log = new ArrayList<>();
    UnknownKeys unknownKeys = new UnknownKeys(log::add);
    Properties properties = properties();
    IgnoredKeys.reasons().keySet().forEach(name -> properties.setProperty(name, "whatever"));
    unknownKeys.check(properties);
    assertEquals(log.size(), IgnoredKeys.reasons().size());
    assertTrue(
        log.contains(
            "property gov.nist.javax.sip.TRACE_LEVEL has no effect: logging goes through slf4j, to"
                + " the logger `io.sipwright.wire` for messages"),
        log.toString());
    unknownKeys.check(properties);
    assertEquals(log.size(), IgnoredKeys.reasons().size());
  }

  /** Each name that programs, or the old stack itself, are known to use. */
  @Test
  public void every_property_of_the_old_stack_is_understood_or_has_a_reason_why_not()
      throws IOException {
    String root = System.getProperty("sipwright.shared");
    Path list = Path.of(root == null ? "shared" : root, "compat", "properties.md");
    if (!Files.isRegularFile(list)) {
      throw new SkipException("there is no " + list);
    }
    Set<String> known = new HashSet<>(IgnoredKeys.reasons().keySet());
    for (ConfigKey key : ConfigTables.keys()) {
      known.addAll(key.row().names());
    }
    List<String> missing = new ArrayList<>();
    Matcher names =
        Pattern.compile("`([a-zA-Z.]*\\b[A-Z][A-Z0-9_]{3,})`").matcher(Files.readString(list));
    int count = 0;
    while (names.find()) {
      String name = names.group(1).replace("gov.nist...", "...");
      name = name.startsWith("...") ? name.substring(3) : name;
      String full = name.contains(".") ? name : "gov.nist.javax.sip." + name;
      count++;
      if (!known.contains(full)) {
        missing.add(full);
      }
    }
    assertTrue(count > 80, "names read: " + count);
    assertEquals(missing, List.of());
  }

  @Test
  public void ignored_names_may_have_any_value_and_are_in_no_other_row() {
    Properties properties = properties();
    IgnoredKeys.reasons().keySet().forEach(name -> properties.setProperty(name, "\u0000 abc"));
    assertEquals(StackConfig.of(properties).stackName(), "test");
    for (ConfigKey key : ConfigTables.keys()) {
      key.row().names().forEach(name -> assertFalse(IgnoredKeys.reasons().containsKey(name), name));
    }
  }

  @DataProvider
  public Object[][] edits() {
    return new Object[][] {
      {"", "", 0}, {"abc", "abc", 0}, {"", "abc", 3}, {"abc", "", 3}, {"kitten", "sitting", 3},
    };
  }

  @Test(dataProvider = "edits")
  public void edits_between_two_words_are_counted(String a, String b, int expected) {
    assertEquals(UnknownKeys.edits(a, b), expected);
  }

  @Test
  public void the_documentation_is_up_to_date() throws IOException {
    String root = System.getProperty("sipwright.root", "..");
    String page = Files.readString(Path.of(root, "docs", "properties.md"));
    assertEquals(
        page,
        PropertiesDoc.markdown(),
        "run: java -cp impl/target/classes io.sipwright.stack.PropertiesDoc docs/properties.md");
  }

  @Test
  public void the_documentation_is_written_to_a_file() throws IOException {
    Path file = Files.createTempFile("properties", ".md");
    try {
      PropertiesDoc.main(new String[] {file.toString()});
      assertEquals(Files.readString(file), PropertiesDoc.markdown());
    } finally {
      Files.delete(file);
    }
  }
}
