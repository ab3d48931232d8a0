package io.sipwright.syntax;

import java.util.Arrays;

/**
 * The names of parameters, by where they stand in a text: each is found without regard to case, in
 * the same time however many there are.
 */
final class NameSet {
  private static final int FREE = -1;

  private int[] places = free(8);
  private int count;

  private static int[] free(int size) {
    int[] places = new int[size];
    Arrays.fill(places, FREE);
    return places;
  }

  /**
   * Adds a token of a text unless one of the same name is there.
   *
   * @param text the same bytes as in all calls before, or those with more behind them
   */
  boolean add(byte[] text, int from, int to) {
    if (count * 2 >= places.length) {
      grow(text);
    }
    int slot = slot(text, text, from, to);
    if (places[slot] != FREE) {
      return false;
    }
    places[slot] = from;
    count++;
    return true;
  }

  /** Where the token of a name stands in the text, the name given as part of any text; or -1. */
  int find(byte[] text, byte[] name, int from, int to) {
    return places[slot(text, name, from, to)];
  }

  private int slot(byte[] text, byte[] name, int from, int to) {
    int hash = 0;
    for (int p = from; p < to; p++) {
      hash = hash * 31 + Chars.lower(name[p]);
    }
    int mask = places.length - 1;
    hash *= 0x9e3779b1;
    int slot = (hash ^ hash >>> 16) & mask;
    while (places[slot] != FREE && !isSame(text, places[slot], name, from, to)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static boolean isSame(byte[] text, int at, byte[] name, int from, int to) {
    int p = at;
    for (int i = from; i < to; i++, p++) {
      if (p == text.length || Chars.lower(text[p]) != Chars.lower(name[i])) {
        return false;
      }
    }
    return p == text.length || !Chars.is(text[p], Chars.TOKEN);
  }

  private void grow(byte[] text) {
    int[] old = places;
    places = free(old.length * 2);
    for (int place : old) {
      if (place != FREE) {
        int to = RawText.tokenEnd(text, place, text.length);
        places[slot(text, text, place, to)] = place;
      }
    }
  }
}
