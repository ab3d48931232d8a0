package io.sipwright.examples;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testng.SkipException;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The launcher up to the point where it would start Java; the rest is tested by running it. */
public class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("sipwright.root", "..")).resolve("sipwright").toAbsolutePath();

  private Path folder;

  @BeforeMethod
  public void makeFolder() throws IOException {
    if (!Files.isExecutable(Path.of("/bin/sh"))) {
      throw new SkipException("no POSIX shell here");
    }
    folder = Files.createTempDirectory("launcher");
  }

  @AfterMethod(alwaysRun = true)
  public void removeFolder() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @DataProvider
  public Object[][] tooOld() {
    return new Object[][] {
      {"java version \"1.8.0_401\""},
      {"openjdk version \"11.0.22\" 2024-01-16"},
      {"openjdk version \"16\" 2021-03-16"}
    };
  }

  @Test(dataProvider = "tooOld")
  public void an_old_java_is_refused_with_a_sentence(String version) throws Exception {
    fakeJava("echo '" + version + "' >&2");
    String said = launch(1);
    assertTrue(said.startsWith("sipwright: Java 17 or later is needed"), said);
    assertTrue(said.contains(version), said);
    assertEquals(said.lines().count(), 1, said);
  }

  @Test
  public void a_java_home_without_java_is_refused_with_a_sentence() throws Exception {
    String said = launch(1);
    assertTrue(said.startsWith("sipwright: JAVA_HOME is " + folder), said);
    assertEquals(said.lines().count(), 1, said);
  }

  @Test
  public void the_launcher_is_a_posix_script() throws Exception {
    Process check = new ProcessBuilder("/bin/sh", "-n", LAUNCHER.toString()).start();
    assertEquals(check.waitFor(), 0);
    assertTrue(Files.readAllLines(LAUNCHER).get(0).equals("#!/bin/sh"));
    assertTrue(Files.isExecutable(LAUNCHER));
  }

  @Test
  public void it_builds_and_runs_in_a_folder_with_blanks_in_its_name() throws Exception {
    Path clone = clone("a clone with blanks");
    Process process = launch(clone, Map.of("JAVA_HOME", "jdk", "CDPATH", "/"));
    String out = said(process.getInputStream());
    assertEquals(process.waitFor(), 0, said(process.getErrorStream()));
    assertTrue(out.contains("\nio.sipwright.examples.Sipwright\ndemo\n"), out);
    assertTrue(out.contains("\n" + clone.toRealPath() + "/examples/target/lib/*:"), out);
    assertEquals(Files.readString(clone.resolve("builds")), "built\n");
    Process again = launch(clone, Map.of("JAVA_HOME", "jdk"));
    assertEquals(said(again.getErrorStream()), "");
    assertEquals(again.waitFor(), 0);
    assertEquals(Files.readString(clone.resolve("builds")), "built\n");
  }

  @Test
  public void two_that_start_at_once_build_once() throws Exception {
    Path clone = clone("clone");
    Files.createFile(clone.resolve("hold"));
    Process first = launch(clone, Map.of("JAVA_HOME", "jdk"));
    assertEquals(first.getErrorStream().read(), 'B', "Building ...");
    Process second = launch(clone, Map.of("JAVA_HOME", "jdk"));
    Files.delete(clone.resolve("hold"));
    assertEquals(first.waitFor(), 0);
    assertEquals(second.waitFor(), 0, said(second.getErrorStream()));
    assertEquals(Files.readString(clone.resolve("builds")), "built\n");
    assertFalse(Files.exists(clone.resolve("examples/target/launcher.lock")));
  }

  @Test
  public void what_a_killed_launcher_left_locked_is_unlocked() throws Exception {
    Path clone = clone("clone");
    Path lock = Files.createDirectories(clone.resolve("examples/target/launcher.lock"));
    Process gone = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
    gone.waitFor();
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
    Process process = launch(clone, Map.of("JAVA_HOME", "jdk"));
    assertEquals(process.waitFor(), 0, said(process.getErrorStream()));
    assertEquals(Files.readString(clone.resolve("builds")), "built\n");
  }

  @Test
  public void a_folder_that_cannot_be_written_to_is_told_in_a_sentence() throws Exception {
    Path clone = clone("clone");
    Files.createFile(clone.resolve("examples/target")); // as good as read-only, to root too
    Process process = launch(clone, Map.of("JAVA_HOME", "jdk"));
    String said = said(process.getErrorStream());
    assertEquals(process.waitFor(), 1, said);
    assertTrue(said.startsWith("sipwright: ") && said.contains("can't be made"), said);
    assertEquals(said.lines().count(), 1, said);
  }

  @Test
  public void a_folder_with_a_colon_in_its_name_is_told_in_a_sentence() throws Exception {
    Process process = launch(clone("a:b"), Map.of("JAVA_HOME", "jdk"));
    String said = said(process.getErrorStream());
    assertEquals(process.waitFor(), 1, said);
    assertTrue(said.startsWith("sipwright: ") && said.contains("colon"), said);
    assertEquals(said.lines().count(), 1, said);
  }

  /**
   * A clone with the launcher, a Maven that only says it has built, and a Java that says what it
   * was given.
   */
  private Path clone(String name) throws IOException {
    Path clone = Files.createDirectory(folder.resolve(name));
    script(clone.resolve("sipwright"), Files.readString(LAUNCHER));
    script(
        clone.resolve("mvnw"),
        """
        #!/bin/sh
        while [ -e hold ]; do sleep 0.1; done
        [ -x "$JAVA_HOME/bin/java" ] || exit 1
        mkdir -p examples/target/lib
        touch examples/target/sipwright-examples-1.jar
        echo built >>builds
        """);
    for (String part : List.of("impl/src/main", "examples/src/main")) {
      Files.createDirectories(clone.resolve(part));
    }
    script(
        Files.createDirectories(clone.resolve("jdk/bin")).resolve("java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "17.0.2" 2022-01-18' >&2
        else
          printf '%s\\n' "$@"
        fi
        """);
    return clone;
  }

  /** Starts the launcher of a clone from within. */
  private static Process launch(Path clone, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("./sipwright", "demo").directory(clone.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String said(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void fakeJava(String body) throws IOException {
    Path java = Files.createDirectory(folder.resolve("bin")).resolve("java");
    script(java, "#!/bin/sh\n" + body + "\n");
  }

  /**
   * Starts the launcher through a symbolic link, from another directory; gives what it said on
   * standard error.
   */
  private String launch(int exitCode) throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), LAUNCHER);
    ProcessBuilder builder =
        new ProcessBuilder(List.of(link.toString(), "demo")).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", folder.toString());
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(process.waitFor(), exitCode, said);
    return said;
  }
}
