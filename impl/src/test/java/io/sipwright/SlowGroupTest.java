package io.sipwright;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.testng.annotations.AfterClass;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** What only runs in the profile {@code slow} is prepared there too. */
public class SlowGroupTest {
  /** TestNG leaves out what is in no group when a group is chosen. */
  @Test
  public void who_prepares_and_cleans_up_for_slow_tests_always_runs() {
    List<Class<?>> slow = new ArrayList<>();
    TreeSet<String> wrong = new TreeSet<>();
    for (JavaClass imported : new ClassFileImporter().importPackages("io.sipwright")) {
      if (imported.getSimpleName().endsWith("Test") && hasSlowTests(imported.reflect())) {
        slow.add(imported.reflect());
        for (Method method : imported.reflect().getMethods()) {
          if (!alwaysRuns(method)) {
            wrong.add(imported.getSimpleName() + '.' + method.getName());
          }
        }
      }
    }
    assertTrue(slow.size() >= 4, "found: " + slow);
    assertEquals(wrong, new TreeSet<String>());
  }

  private static boolean hasSlowTests(Class<?> tests) {
    return Arrays.stream(tests.getMethods())
        .map(method -> method.getAnnotation(Test.class))
        .anyMatch(test -> test != null && Arrays.asList(test.groups()).contains("slow"));
  }

  private static boolean alwaysRuns(Method method) {
    BeforeMethod before = method.getAnnotation(BeforeMethod.class);
    AfterMethod after = method.getAnnotation(AfterMethod.class);
    BeforeClass beforeAll = method.getAnnotation(BeforeClass.class);
    AfterClass afterAll = method.getAnnotation(AfterClass.class);
    return (before == null || before.alwaysRun())
        && (after == null || after.alwaysRun())
        && (beforeAll == null || beforeAll.alwaysRun())
        && (afterAll == null || afterAll.alwaysRun());
  }
}
