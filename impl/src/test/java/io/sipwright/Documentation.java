package io.sipwright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages in Markdown below a folder, and what they lead to. */
final class Documentation {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");
  private static final Pattern TITLE = Pattern.compile("#{1,6} +(.*)");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
  private static final Pattern PAGE = Pattern.compile("\\bdocs/[\\w/-]+\\.md\\b");

  private final Path root;

  Documentation(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** Files of the project with an ending, but no built ones. */
  List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> file.toString().endsWith(ending))
          .filter(file -> !isBuilt(root.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static boolean isBuilt(Path file) {
    for (Path part : file) {
      if (Set.of("target", "node_modules", ".git").contains(part.toString())) {
        return true;
      }
    }
    return false;
  }

  /** How many links there are to other places of the project. */
  int links() throws IOException {
    int count = 0;
    for (Path page : files(".md")) {
      count += linksOf(page).size();
    }
    return count;
  }

  /** The links that lead nowhere: page, and link as it stands there. */
  List<String> brokenLinks() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : files(".md")) {
      for (String link : linksOf(page)) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        boolean there = Files.exists(target);
        if (there && hash >= 0 && target.toString().endsWith(".md")) {
          there = anchorsOf(target).contains(link.substring(hash + 1));
        }
        if (!there) {
          broken.add(root.relativize(page) + ": " + link);
        }
      }
    }
    return broken;
  }

  /** The tests that pages name, and that don't exist: page and name. */
  List<String> missingTests() throws IOException {
    Set<String> tests = new HashSet<>();
    for (Path file : files("Test.java")) {
      String name = file.getFileName().toString();
      tests.add(name.substring(0, name.length() - ".java".length()));
    }
    return named(TEST, 1, tests, files(".md"));
  }

  /** The pages below {@code docs} that other pages or main sources name, and that don't exist. */
  List<String> missingPages() throws IOException {
    Set<String> pages = new HashSet<>();
    files(".md").forEach(page -> pages.add(root.relativize(page).toString().replace('\\', '/')));
    List<Path> texts = new ArrayList<>(files(".md"));
    files(".java").stream()
        .filter(file -> root.relativize(file).toString().contains("main"))
        .forEach(texts::add);
    return named(PAGE, 0, pages, texts);
  }

  private List<String> named(Pattern name, int group, Set<String> known, List<Path> texts)
      throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path text : texts) {
      for (Matcher found = name.matcher(Files.readString(text)); found.find(); ) {
        if (!known.contains(found.group(group))) {
          missing.add(root.relativize(text) + ": " + found.group(group));
        }
      }
    }
    return missing;
  }

  private static List<String> linksOf(Path page) throws IOException {
    List<String> links = new ArrayList<>();
    for (String line : prose(page)) {
      for (Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", "")); link.find(); ) {
        if (!ELSEWHERE.matcher(link.group(1)).matches()) {
          links.add(link.group(1));
        }
      }
    }
    return links;
  }

  /** The names of the titles of a page, as GitHub and others make them. */
  private static Set<String> anchorsOf(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> times = new HashMap<>();
    for (String line : prose(page)) {
      Matcher title = TITLE.matcher(line);
      if (title.matches()) {
        String text = title.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").strip();
        String name =
            text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
        int before = times.merge(name, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? name : name + "-" + before);
      }
    }
    return anchors;
  }

  /** The lines of a page that are no blocks of code. */
  private static List<String> prose(Path page) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(page)) {
      if (line.strip().startsWith("```")) {
        code = !code;
      } else if (!code) {
        lines.add(line);
      }
    }
    return lines;
  }
}
