package io.sipwright.examples.terminal;

import java.util.List;
import java.util.Locale;

/**
 * Draws a call flow as text: one column per party, one arrow per message, the time in the left
 * margin. Gives strings and writes nowhere.
 */
public final class Ladder {
  private static final int MARGIN = 12;
  private static final int GAP = 26;

  /** What an arrow stands for; decides its colour. */
  public enum Kind {
    REQUEST("36"),
    PROVISIONAL("33"),
    SUCCESS("32"),
    FAILURE("31");

    private final String ansi;

    Kind(String ansi) {
      this.ansi = ansi;
    }

    /** The kind of a response by its status code. */
    public static Kind ofStatus(int status) {
      return status < 200 ? PROVISIONAL : status < 300 ? SUCCESS : FAILURE;
    }
  }

  private final int columns;
  private final boolean colours;
  private final char upright;
  private final char shaft;
  private final char rightHead;
  private final char leftHead;
  private final char ellipsis;

  /**
   * A ladder of that many columns (at least one); with {@code unicode} false it is drawn in ASCII.
   */
  public Ladder(int columns, boolean unicode, boolean colours) {
    if (columns < 1) {
      throw new IllegalArgumentException("a ladder needs a column, not " + columns);
    }
    this.columns = columns;
    this.colours = colours;
    upright = unicode ? '│' : '|';
    shaft = unicode ? '─' : '-';
    rightHead = unicode ? '▶' : '>';
    leftHead = unicode ? '◀' : '<';
    ellipsis = unicode ? '…' : '~';
  }

  /** A line with one text centred over each column. Texts wider than a column are cut. */
  public String heading(List<String> texts) {
    StringBuilder line = new StringBuilder(" ".repeat(width() + GAP / 2));
    for (int i = 0; i < columns && i < texts.size(); i++) {
      String text = shorten(texts.get(i), GAP - 2);
      int start = position(i) - text.length() / 2;
      line.replace(start, start + text.length(), text);
    }
    return line.toString().stripTrailing();
  }

  /** A line with nothing but the columns. */
  public String blank() {
    return uprights().toString();
  }

  /**
   * A line with an arrow from one column to another, both counted from 0.
   *
   * @param nanos the time since the flow began, in nanoseconds
   * @param label what the arrow carries; cut when it does not fit
   */
  public String arrow(long nanos, int from, int to, String label, Kind kind) {
    if (from == to || Math.min(from, to) < 0 || Math.max(from, to) >= columns) {
      throw new IllegalArgumentException(
          "no arrow from column " + from + " to " + to + " on " + columns + " columns");
    }
    int left = position(Math.min(from, to)) + 1;
    int right = position(Math.max(from, to));
    StringBuilder line = uprights();
    for (int i = left; i < right; i++) {
      line.setCharAt(i, shaft);
    }
    line.setCharAt(to > from ? right - 1 : left, to > from ? rightHead : leftHead);
    String text = " " + shorten(label, right - left - 6) + " ";
    int start = left + (right - left - text.length()) / 2;
    line.replace(start, start + text.length(), text);
    String time = String.format(Locale.ROOT, "%8.1f ms", nanos / 1e6);
    line.replace(0, time.length(), time);
    if (colours) {
      line.insert(right, "\u001b[0m").insert(left, "\u001b[" + kind.ansi + "m");
    }
    return line.toString();
  }

  private StringBuilder uprights() {
    StringBuilder line = new StringBuilder(" ".repeat(width()));
    for (int i = 0; i < columns; i++) {
      line.setCharAt(position(i), upright);
    }
    return line;
  }

  private String shorten(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + ellipsis;
  }

  private static int position(int column) {
    return MARGIN + GAP / 2 + column * GAP;
  }

  private int width() {
    return position(columns - 1) + 1;
  }
}
