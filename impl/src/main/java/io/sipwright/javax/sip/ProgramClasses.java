package io.sipwright.javax.sip;

import io.sipwright.locator.AddressResolver;
import io.sipwright.locator.DefaultRouter;
import io.sipwright.stack.StackConfig;
import javax.sip.PeerUnavailableException;
import javax.sip.SipStack;
import javax.sip.address.Router;
import org.jspecify.annotations.Nullable;

/** The program's own classes that properties name. */
final class ProgramClasses {
  private ProgramClasses() {}

  /** {@code javax.sip.ROUTER_PATH}, or our own router. */
  static Router router(SipStackImpl stack) throws PeerUnavailableException {
    String path = stack.config().routerPath();
    String proxy = stack.config().outboundProxy();
    try {
      return path == null
          ? new DefaultRouter(stack, proxy)
          : (Router)
              load(path).getConstructor(SipStack.class, String.class).newInstance(stack, proxy);
    } catch (ReflectiveOperationException | ClassCastException | IllegalArgumentException e) {
      String what = path == null ? "javax.sip.OUTBOUND_PROXY" : "javax.sip.ROUTER_PATH " + path;
      throw new PeerUnavailableException(
          what
              + " can't be used: a router is a javax.sip.address.Router with a public constructor"
              + " (SipStack, String): "
              + e,
          e);
    }
  }

  /** {@code io.sipwright.ADDRESS_RESOLVER}, or null. */
  static @Nullable AddressResolver addressResolver(StackConfig config)
      throws PeerUnavailableException {
    String name = config.locator().addressResolver();
    if (name == null) {
      return null;
    }
    try {
      return (AddressResolver) load(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new PeerUnavailableException(
          "io.sipwright.ADDRESS_RESOLVER "
              + name
              + " can't be used: it must be an io.sipwright.locator.AddressResolver with a public"
              + " constructor without arguments: "
              + e,
          e);
    }
  }

  private static Class<?> load(String name) throws ClassNotFoundException {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return Class.forName(
        name, true, context == null ? ProgramClasses.class.getClassLoader() : context);
  }
}
