package io.sipwright;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** What the pages of the project name is there. */
public class DocumentationTest {
  private final Documentation project =
      new Documentation(Path.of(System.getProperty("sipwright.root", "..")));
  private Path folder;

  @BeforeMethod
  public void begin() throws IOException {
    folder = Files.createTempDirectory("pages");
  }

  @AfterMethod
  public void end() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  public void every_link_leads_to_a_file_and_its_title() throws IOException {
    assertEquals(project.brokenLinks(), List.of());
    assertTrue(project.links() > 50, "links found: " + project.links());
  }

  @Test
  public void every_test_that_a_page_names_exists() throws IOException {
    assertEquals(project.missingTests(), List.of());
  }

  @Test
  public void every_page_that_a_page_or_a_source_names_exists() throws IOException {
    assertEquals(project.missingPages(), List.of());
  }

  @Test
  public void a_link_to_nowhere_is_found() throws IOException {
    Files.createDirectory(folder.resolve("docs"));
    Files.writeString(
        folder.resolve("docs/there.md"),
        """
        # A `title`: with signs, and §4.1
        ## Twice
        ## Twice
        [up](../README.md) [here](#twice-1) [not here](#thrice)
        ```
        # No title
        ```
        """);
    Files.writeString(
        folder.resolve("README.md"),
        """
        # Pages
        [a](docs/there.md) [b](docs/there.md#a-title-with-signs-and-41) [c](docs) [d](https://x.test/y)
        [e](docs/gone.md) [f](docs/there.md#no-title) `[g](h)`
        ```
        [i](j)
        ```
        """);
    Documentation pages = new Documentation(folder);
    assertEquals(
        pages.brokenLinks(),
        List.of(
            "README.md: docs/gone.md",
            "README.md: docs/there.md#no-title",
            "docs/there.md: #thrice"));
    assertEquals(pages.links(), 8);
    assertEquals(pages.missingPages(), List.of("README.md: docs/gone.md"));
  }

  @Test
  public void a_test_that_is_gone_is_found() throws IOException {
    Files.writeString(folder.resolve("KnownTest.java"), "class KnownTest {}");
    Files.writeString(folder.resolve("page.md"), "Held by `KnownTest` and `GoneTest`.");
    assertEquals(new Documentation(folder).missingTests(), List.of("page.md: GoneTest"));
  }
}
