package io.sipwright.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The course of a scenario: all that happened, judged by the rules while it happens. */
final class Course implements Rule.Court {
  private final List<Happening> happenings = new ArrayList<>();
  private final List<Rule> rules;
  private long hash = 1;
  private long lastMotion;
  private @Nullable String breach;

  Course(List<Rule> rules) {
    this.rules = rules;
    rules.forEach(rule -> rule.answerTo(this));
  }

  /**
   * The rules that a scenario is judged by.
   *
   * @param udp whether it's over UDP, so that what's sent leaves at once and may get lost
   * @param broken whether connections break, so that what they lost is sent once more on others,
   *     behind what was sent meanwhile
   * @param damaged whether messages come as nobody has sent them; what becomes of a call then is
   *     for nobody to say
   */
  static List<Rule> rules(boolean udp, boolean broken, boolean damaged) {
    List<Rule> rules = new ArrayList<>(List.of(new OneOutcome(), new NoLate408()));
    if (!damaged) {
      rules.add(new NothingTwice());
      rules.add(new DialogRequests());
      rules.add(new OrderIsKept());
      if (udp) {
        rules.add(new AcceptedIsRepeated());
        rules.add(new AnswersAreRepeated());
        rules.add(new RequestsAreRepeated());
      }
      if (!broken) {
        rules.add(new FinalIsFinal());
        rules.add(new NothingIsSwallowed());
      }
    }
    return rules;
  }

  void add(Happening happening) {
    happenings.add(happening);
    if (happening.isMotion()) {
      lastMotion = happening.at();
    }
    hash = hash * 31 + happening.at();
    hash = hash * 31 + happening.what().name().hashCode();
    hash = hash * 31 + happening.who().hashCode();
    hash = hash * 31 + happening.transaction().hashCode();
    hash = hash * 31 + (happening.message() == null ? 0 : happening.message().hashCode());
    for (Rule rule : rules) {
      rule.on(happening);
    }
  }

  /** Mixes the bytes of a message in, whose facts aren't all of it. */
  void mix(int more) {
    hash = hash * 31 + more;
  }

  void end(long at) {
    Happening last = new Happening(at, "", Happening.What.DID_END, "", null);
    rules.forEach(rule -> rule.atEnd(last));
  }

  @Override
  public void breach(Rule rule, Happening happening, String why) {
    if (breach == null) {
      breach = rule.getClass().getSimpleName() + ": " + why + "\n  at " + happening;
    }
  }

  /** The first breach of a rule, or null. */
  @Nullable String breach() {
    return breach;
  }

  /** A number that's the same if, and as good as only if, the same happened. */
  long hash() {
    return hash;
  }

  /** When somebody last sent, received or did something; in nanoseconds. */
  long lastMotion() {
    return lastMotion;
  }

  int size() {
    return happenings.size();
  }

  List<Happening> happenings() {
    return happenings;
  }
}
