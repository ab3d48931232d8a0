package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code server-val *(LWS server-val)} with {@code server-val = product / comment} and {@code
 * product = token [SLASH product-version]} (RFC 3261 §25.1): software by name.
 *
 * <p>A product may hold any visible character but the opening parenthesis of a comment: deployed
 * gear writes {@code @}, {@code [} and the like there, and nothing depends on it.
 */
public abstract class ProductsHeader extends SipHeader {
  private static final long serialVersionUID = 1L;

  private List<String> products = List.of();

  /** Products off the wire as they're written, which are made strings of when they're asked for. */
  private byte @Nullable [] unread;

  /** A header of a name, without products yet. */
  protected ProductsHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    if (!in.isStrict() && !in.atEnd() && usualEnd(in.array(), from, in.limit()) == in.limit()) {
      unread = Arrays.copyOfRange(in.array(), from, in.limit());
      in.position(in.limit());
    } else {
      products = read(in);
    }
  }

  /**
   * Where products and comments end that stand as they're written, one blank between them, without
   * quoted pairs.
   */
  private static int usualEnd(byte[] b, int from, int to) {
    int p = from - 1;
    do {
      p++;
      int element = p;
      p = p < to && b[p] == '(' ? commentEnd(b, p, to) : productEnd(b, p, to);
      if (p == element) {
        return from;
      }
    } while (p < to && b[p] == ' ');
    return p;
  }

  private static int productEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] > ' ' && b[p] < 0x7f && b[p] != '(') {
      boolean slash = b[p] == '/' && (p == from || p + 1 == to || b[p + 1] <= '/');
      if (slash) { // something may be missing beside it
        return from;
      }
      p++;
    }
    return p;
  }

  private static int commentEnd(byte[] b, int from, int to) {
    int depth = 0;
    for (int p = from; p < to && b[p] >= ' ' && b[p] < 0x7f && b[p] != '\\'; p++) {
      depth += b[p] == '(' ? 1 : b[p] == ')' ? -1 : 0;
      if (depth == 0) {
        return p + 1;
      }
    }
    return from;
  }

  private List<String> products() {
    byte[] text = unread;
    if (text == null) {
      return products;
    }
    try {
      return read(new Scanner(text, 0, text.length));
    } catch (SyntaxException e) {
      throw new AssertionError("known to be products", e);
    }
  }

  private List<String> read(Scanner in) throws SyntaxException {
    List<String> read = new ArrayList<>(4);
    while (!in.sws().atEnd()) {
      int from = in.position();
      if (!read.isEmpty() && !RawText.isBlank(in.array()[from - 1])) {
        in.beyondGrammar("expected white space", from);
      }
      read.add(in.peek() == '(' ? Checks.text(in.comment(), getName()) : product(in));
    }
    if (read.isEmpty()) {
      throw in.error("expected a product or a comment");
    }
    return read;
  }

  /** {@code token [SLASH product-version]}, white space round the slash taken away. */
  private static String product(Scanner in) throws SyntaxException {
    String first = run(in);
    if (!in.acceptSeparator('/')) {
      return first;
    }
    StringBuilder product = new StringBuilder(first);
    while (true) {
      product.append('/').append(run(in));
      int slash = in.position();
      if (!in.acceptSeparator('/')) {
        return product.toString();
      }
      in.beyondGrammar("second slash in a product", slash);
    }
  }

  private static String run(Scanner in) throws SyntaxException {
    int from = in.position();
    int c = in.peek();
    while (c > ' ' && c != 0x7f && c != '(' && c != '/') {
      in.next();
      c = in.peek();
    }
    if (c == 0x7f || (c >= 0 && c < ' ' && c != '\t' && c != '\r' && c != '\n')) {
      throw in.error("unexpected control character");
    }
    in.beyondGrammar("product is not a token", from, Chars.TOKEN);
    if (in.position() == from) {
      in.beyondGrammar("nothing beside the slash of a product", from);
    }
    return in.text(from, in.position());
  }

  @Override
  protected void encodeValue(ByteSink out) {
    byte[] text = unread;
    if (text != null) {
      out.put(text, 0, text.length);
      return;
    }
    for (int i = 0; i < products.size(); i++) {
      if (i > 0) {
        out.put(' ');
      }
      out.put(products.get(i));
    }
  }

  /**
   * The products and comments in order, each a String, a comment with its parentheses. They can't
   * be changed through the iterator.
   */
  public ListIterator<String> getProduct() {
    return Collections.unmodifiableList(products()).listIterator();
  }

  /**
   * Sets the products and comments: a String each, or several in one with spaces between them. They
   * are written with one space between.
   *
   * @throws ParseException if there are none, if one is empty or no String, has a comment that
   *     never ends, or holds CR, LF or NUL
   */
  public void setProduct(List product) throws ParseException {
    List<String> checked = new ArrayList<>(product.size());
    for (Object element : product) {
      if (!(Objects.requireNonNull(element, "product") instanceof String text)) {
        throw new SyntaxException("product of " + getName() + " is not a String", 0);
      }
      checked.add(String.join(" ", read(new Scanner(Checks.text(text, getName())))));
    }
    if (checked.isEmpty()) {
      throw new SyntaxException(getName() + " needs a product or a comment", 0);
    }
    products = checked;
    unread = null;
  }

  /** Equal in name and in all that's written, without regard to case (RFC 3261 §7.3.1). */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProductsHeader that
        && getName().equalsIgnoreCase(that.getName())
        && getValue().equalsIgnoreCase(that.getValue());
  }

  @Override
  public int hashCode() {
    return Chars.lower(getValue()).hashCode();
  }

  @Override
  public ProductsHeader clone() {
    return (ProductsHeader) super.clone(); // the list is replaced as a whole, never changed
  }
}
