package io.sipwright.examples;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
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

  private void fakeJava(String body) throws IOException {
    Path java = Files.createDirectory(folder.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
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
