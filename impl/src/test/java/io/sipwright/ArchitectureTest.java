package io.sipwright;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The packages of the stack and the arrows between them. */
public class ArchitectureTest {
  private static final String ROOT = "io.sipwright.";

  /** The lexical layer, then the model: what each package may use besides itself. */
  private static final Set<String> SYNTAX = Set.of("syntax", "time");

  private static final Set<String> ADDRESS = and(SYNTAX, "javax.sip.address");
  private static final Set<String> HEADER = and(ADDRESS, "javax.sip.header", "header");
  private static final Set<String> MODEL = and(HEADER, "javax.sip.message");
  private static final Set<String> SIBLINGS =
      and(MODEL, "tls", "transport", "locator", "dns", "transaction", "dialog", "auth");

  private JavaClasses classes;

  private static Set<String> and(Set<String> these, String... more) {
    Set<String> all = new TreeSet<>(these);
    all.addAll(List.of(more));
    return all;
  }

  @BeforeClass
  public void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sipwright");
    assertTrue(classes.contain(ROOT + "syntax.Scanner"));
  }

  /** A package, and those it may use. The siblings of the third layer never use each other. */
  @DataProvider
  public static Object[][] arrows() {
    return new Object[][] {
      {"syntax", Set.of()},
      {"time", Set.of()},
      {"javax.sip.address", SYNTAX},
      {"header", Set.of("syntax")}, // interfaces for programs, as javax.sip.header has them
      {"javax.sip.header", and(ADDRESS, "header")},
      {"javax.sip.message", HEADER},
      {"body", MODEL},
      {"tls", Set.of("syntax")},
      {"transport", and(SYNTAX, "tls")}, // bytes, not messages
      {"dns", SYNTAX},
      {"locator", and(MODEL, "dns")},
      {"transaction", MODEL},
      {"dialog", MODEL},
      {"auth", MODEL},
      {"call", Set.of("dialog", "ext", "header")}, // above javax.sip, as a program is
      {"proxy", Set.of("ext", "header")}, // as call
      {"ext", Set.of()}, // for programs: what javax.sip's objects can be cast to
      {"stack", and(SIBLINGS, "body")},
      {"javax.sip", and(SIBLINGS, "body", "stack", "ext")},
    };
  }

  @Test(dataProvider = "arrows")
  public void package_uses_only_what_lies_below_it(String name, Set<String> allowed) {
    DescribedPredicate<JavaClass> forbidden =
        DescribedPredicate.describe(
            "are in a package of ours other than " + allowed,
            used ->
                isOurs(used)
                    && !packageOf(used).equals(name)
                    && !allowed.contains(packageOf(used)));
    DescribedPredicate<JavaClass> inside =
        DescribedPredicate.describe(
            "are in " + ROOT + name, c -> isOurs(c) && packageOf(c).equals(name));
    check(noClasses().that(inside).should().dependOnClassesThat(forbidden));
  }

  @Test
  public void every_package_is_in_the_table_of_arrows() {
    Set<String> inTable = new TreeSet<>();
    for (Object[] row : arrows()) {
      inTable.add((String) row[0]);
    }
    Set<String> unknown =
        classes.stream()
            .filter(ArchitectureTest::isOurs)
            .map(ArchitectureTest::packageOf)
            .filter(name -> !inTable.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(unknown, Set.of());
  }

  @Test
  public void packages_have_no_cycles() {
    check(slices().matching(ROOT + "(**)").should().beFreeOfCycles());
  }

  /** Calls that read a clock or wait. */
  @DataProvider
  public static Object[][] clocks() {
    return new Object[][] {
      {"java\\.lang\\.System\\.(nanoTime|currentTimeMillis)"},
      {"java\\.lang\\.Thread\\.(sleep|onSpinWait)"},
      {"java\\.time\\.[A-Za-z]+\\.now"},
      {"java\\.time\\.Clock\\.(system|tick)[A-Za-z]*"},
      {"java\\.util\\.Calendar\\.getInstance"},
      {"java\\.util\\.concurrent\\.TimeUnit\\.sleep"},
      {"java\\.util\\.concurrent\\.locks\\.LockSupport\\.park(Nanos|Until)"},
      {
        "java\\.util\\.concurrent\\.CompletableFuture"
            + "\\.(orTimeout|completeOnTimeout|delayedExecutor)"
      },
    };
  }

  @Test(dataProvider = "clocks")
  public void only_time_reads_a_clock_or_waits(String call) {
    DescribedPredicate<JavaMethodCall> reads =
        DescribedPredicate.describe(
            call, c -> (c.getTargetOwner().getName() + '.' + c.getName()).matches(call));
    check(noClasses().that().resideOutsideOfPackage(ROOT + "time").should().callMethodWhere(reads));
  }

  @Test
  public void only_time_has_timers() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "time")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Timer")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.TimerTask")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.DelayQueue")
            .orShould()
            .dependOnClassesThat(named("java.util.concurrent.Scheduled[A-Za-z]+")));
    // Netty's event loops have timers for the real sockets that they drive: in .transport only.
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "time", ROOT + "transport")
            .should()
            .callMethodWhere(
                target(nameMatching("schedule.*"))
                    .and(target(owner(assignableTo(ScheduledExecutorService.class))))));
  }

  @Test
  public void only_time_makes_a_date_of_now() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "time")
            .should()
            .callConstructor(Date.class));
  }

  @Test
  public void transactions_and_dialogs_open_no_socket() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + "transaction..", ROOT + "dialog..")
            .should()
            .dependOnClassesThat(
                named(
                    "java\\.net\\.([A-Za-z]*Socket|[A-Za-z]*SocketFactory|[A-Za-z]*Connection)"
                        + "|java\\.net\\.http\\..*|java\\.nio\\.channels\\..*|javax\\.net\\..*"
                        + "|io\\.netty\\..*")));
  }

  @Test
  public void nothing_is_printed() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + "stack.PropertiesDoc") // prints a page for the docs
            .should()
            .accessFieldWhere(
                DescribedPredicate.describe(
                    "System.out or System.err",
                    access ->
                        access.getTargetOwner().isEquivalentTo(System.class)
                            && Set.of("out", "err").contains(access.getTarget().getName()))));
    check(
        noClasses()
            .should()
            .callMethodWhere(
                target(nameMatching("printStackTrace"))
                    .and(target(owner(assignableTo(Throwable.class))))));
  }

  /** The rules themselves: each must see what it forbids. */
  @Test
  public void rules_find_what_they_forbid() {
    JavaClasses bad = new ClassFileImporter().importClasses(Offender.class);
    List<String> silent = new ArrayList<>();
    for (Object[] row : clocks()) {
      String call = (String) row[0];
      boolean seen =
          bad.stream()
              .flatMap(c -> c.getMethodCallsFromSelf().stream())
              .anyMatch(c -> (c.getTargetOwner().getName() + '.' + c.getName()).matches(call));
      if (!seen) {
        silent.add(call);
      }
    }
    assertEquals(silent, List.of());
  }

  /** Calls everything that {@link #clocks} forbids; never run. */
  @SuppressWarnings({"unused", "ThreadPriorityCheck", "JavaUtilDate"})
  private static final class Offender {
    static void callsClocks() throws InterruptedException {
      long sum = System.nanoTime() + System.currentTimeMillis();
      Thread.onSpinWait();
      Object now = Instant.now();
      Object clock = Clock.systemUTC();
      Object calendar = Calendar.getInstance();
      TimeUnit.SECONDS.sleep(sum);
      LockSupport.parkNanos(sum);
      new CompletableFuture<String>().orTimeout(1, TimeUnit.SECONDS).join();
    }
  }

  private void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(classes);
  }

  private static DescribedPredicate<JavaClass> named(String pattern) {
    return DescribedPredicate.describe(
        "are named " + pattern, c -> c.getFullName().matches(pattern));
  }

  private static boolean isOurs(JavaClass c) {
    return c.getPackageName().startsWith(ROOT);
  }

  private static String packageOf(JavaClass c) {
    return c.getPackageName().substring(ROOT.length());
  }
}
