package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.SipHeader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.address.Address;
import javax.sip.address.URI;
import javax.sip.header.Header;

/** Asks messages, and what they hand out, for all that can be read of them. */
public final class Readings {
  private static final Map<Class<?>, List<Method>> GETTERS = new ConcurrentHashMap<>();

  private Readings() {}

  /** What all getters of all headers, addresses and URIs of a message say, and of its body. */
  public static List<String> everything(SipMessage message) {
    List<String> texts = new ArrayList<>();
    add(message.requestUri(), 0, texts);
    texts.add(message.reasonPhrase() + message.getSIPVersion() + message.method());
    for (Iterator<?> names = message.getHeaderNames(); names.hasNext(); ) {
      String name = (String) names.next();
      texts.add(name);
      add(message.getHeader(name), 0, texts);
      for (Iterator<?> it = message.getHeaders(name); it.hasNext(); ) {
        add(it.next(), 0, texts);
      }
    }
    message.getUnrecognizedHeaders().forEachRemaining(each -> texts.add((String) each));
    texts.add(message.getContentLength() + "" + message.getExpires());
    texts.add(Arrays.toString(message.getRawContent()));
    texts.add(message.getContent() instanceof byte[] bytes ? Arrays.toString(bytes) : "");
    texts.add("" + message.hashCode() + message.equals(message.clone()));
    return texts;
  }

  private static void add(Object value, int depth, List<String> texts) {
    if (value instanceof Iterator<?> it) {
      it.forEachRemaining(each -> add(each, depth, texts));
      return;
    }
    if (value instanceof Calendar date) {
      texts.add(Long.toString(date.getTimeInMillis()));
      return;
    }
    texts.add(String.valueOf(value));
    if (depth < 3
        && (value instanceof Header || value instanceof Address || value instanceof URI)) {
      for (Method getter : GETTERS.computeIfAbsent(value.getClass(), Readings::getters)) {
        texts.add(getter.getName());
        add(ask(getter, value), depth + 1, texts);
      }
      texts.add("" + value.hashCode());
      texts.add(String.valueOf(value));
    }
  }

  private static List<Method> getters(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.getParameterCount() == 0 && !Modifier.isStatic(m.getModifiers()))
        .filter(m -> m.getDeclaringClass() != Object.class && !m.isBridge())
        .filter(m -> m.getReturnType() != void.class && !m.getName().equals("hashCode"))
        .filter(m -> !m.getName().equals("deferredText")) // which says whether it was read
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  private static Object ask(Method getter, Object of) {
    try {
      return getter.invoke(of);
    } catch (InvocationTargetException e) {
      return e.getCause().getClass().getName();
    } catch (IllegalAccessException e) {
      throw new AssertionError(getter.toString(), e);
    }
  }

  /** Puts a copy in the place of each header and the Request-URI, so that all is written anew. */
  public static void replaceAll(SipMessage message) {
    for (Iterator<?> names = message.getHeaderNames(); names.hasNext(); ) {
      for (ListIterator it = message.getHeaders((String) names.next()); it.hasNext(); ) {
        it.set(((SipHeader) it.next()).clone());
      }
    }
    URI uri = message.requestUri();
    if (uri != null) {
      message.setRequestUri((URI) uri.clone());
    }
  }
}
