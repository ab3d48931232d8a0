package io.sipwright.javax.sip;

import io.sipwright.javax.sip.RfcFlow.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.Header;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.RecordRouteHeader;
import javax.sip.header.RouteHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A party of a flow: sends what the flow says, through the transactions and dialogs that it has. As
 * a proxy it passes on by itself only what comes again from end to end: 2xx to INVITE, and ACK.
 */
final class FlowRole {
  /** What transactions and dialogs write, or the network. */
  private static final Set<String> NOT_COPIED =
      Set.of(
          "via",
          "from",
          "to",
          "call-id",
          "cseq",
          "max-forwards",
          "route",
          "record-route",
          "content-type",
          "content-length");

  private record Asked(Request request, @Nullable ServerTransaction transaction) {
    boolean is(String method, String callId) {
      return request.getMethod().equals(method) && callIdOf(request).equals(callId);
    }
  }

  private record Sent(Request request, ClientTransaction transaction, String to) {}

  final Party party;
  private final boolean proxy;
  private final RfcFlow flow;
  private final UnaryOperator<String> nameOfHost;
  private final List<Asked> asked = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final Map<String, Asked> forwarded = new HashMap<>();
  private final Set<String> passedOn = new HashSet<>();
  private final Set<Dialog> dialogs = new LinkedHashSet<>();

  FlowRole(Party party, boolean proxy, RfcFlow flow, UnaryOperator<String> nameOfHost) {
    this.party = party;
    this.proxy = proxy;
    this.flow = flow;
    this.nameOfHost = nameOfHost;
    party.onAnyRequest(this::onRequest).onAnyResponse(this::onResponse);
  }

  boolean is(String name) {
    return party.name.equals(name);
  }

  private static String callIdOf(Message message) {
    return ((CallIdHeader) message.getHeader(CallIdHeader.NAME)).getCallId();
  }

  private static String branchOf(Message message) {
    return ((ViaHeader) message.getHeader(ViaHeader.NAME)).getBranch();
  }

  // --- what comes ---

  private void onRequest(RequestEvent event) throws Exception {
    Request request = event.getRequest();
    if (request.getMethod().equals(Request.ACK)) {
      asked.add(new Asked(request, null));
      if (proxy && passedOn.contains("ACK " + branchOf(request))) {
        party.provider().sendRequest(forward(request, null));
      }
      return;
    }
    ServerTransaction transaction = Party.transaction(event);
    asked.add(new Asked(request, transaction));
    keep(event.getDialog());
    keep(transaction.getDialog());
  }

  private void onResponse(ResponseEvent event) throws Exception {
    keep(event.getDialog());
    if (proxy && passedOn.contains(key(event.getResponse()))) {
      passOn(event.getResponse());
    }
  }

  private void keep(@Nullable Dialog dialog) {
    if (dialog != null) {
      dialogs.add(dialog);
    }
  }

  // --- what goes ---

  void perform(Step step) throws Exception {
    if (!step.isRequest()) {
      respond(step);
    } else if (step.method().equals(Request.CANCEL)) {
      ClientTransaction invite = lastSent(Request.INVITE, step.to());
      send(invite.createCancel(), step);
    } else if (proxy) {
      forward(step);
    } else if (step.method().equals(Request.ACK)) {
      acknowledge(step);
    } else if (step.tag("To").isEmpty()) {
      send(newRequest(step), step);
    } else {
      Dialog dialog = dialog(step);
      Request request = dialog.createRequest(step.method());
      furnish(request, step, true);
      ClientTransaction transaction = party.provider().getNewClientTransaction(request);
      sent.add(new Sent(request, transaction, step.to()));
      dialog.sendRequest(transaction);
    }
  }

  private void send(Request request, Step step) throws Exception {
    ClientTransaction transaction = party.provider().getNewClientTransaction(request);
    sent.add(new Sent(request, transaction, step.to()));
    transaction.sendRequest();
    keep(transaction.getDialog());
  }

  private ClientTransaction lastSent(String method, String to) {
    for (int i = sent.size() - 1; i >= 0; i--) {
      Sent each = sent.get(i);
      if (each.request.getMethod().equals(method) && each.to.equals(to)) {
        return each.transaction;
      }
    }
    throw new AssertionError("No " + method + " was sent to " + to);
  }

  private Request newRequest(Step step) throws Exception {
    Request request = Party.MESSAGES.createRequest(step.wire());
    request.removeHeader(ViaHeader.NAME);
    request.addFirst(via());
    setBody(request, step);
    return request;
  }

  private ViaHeader via() throws Exception {
    return Party.HEADERS.createViaHeader(party.address, party.port, "udp", null);
  }

  private void acknowledge(Step step) throws Exception {
    for (int i = party.responses.size() - 1; i >= 0; i--) {
      ResponseEvent event = party.responses.get(i);
      CSeqHeader cseq = (CSeqHeader) event.getResponse().getHeader(CSeqHeader.NAME);
      if (event.getResponse().getStatusCode() / 100 == 2
          && cseq.getMethod().equals(Request.INVITE)
          && callIdOf(event.getResponse()).equals(step.callId())) {
        Request ack = event.getDialog().createAck(cseq.getSeqNumber());
        setBody(ack, step);
        event.getDialog().sendAck(ack);
        return;
      }
    }
    throw new AssertionError("Nothing to acknowledge at " + step);
  }

  private Dialog dialog(Step step) {
    Dialog found = null;
    for (Dialog each : dialogs) {
      if (each.getCallId().getCallId().equals(step.callId())
          && step.tag("From").equals(each.getLocalTag())
          && step.tag("To").equals(each.getRemoteTag())) {
        found = each;
      }
    }
    if (found == null) {
      throw new AssertionError("No dialog for " + step + ":\n" + step.text() + " in " + dialogs);
    }
    return found;
  }

  private void respond(Step step) throws Exception {
    Response got = proxy ? lastResponse(step) : null;
    if (got != null) {
      passedOn.add(key(got));
      passOn(got);
      return;
    }
    Step came =
        flow.before(
            step,
            s ->
                is(s.from())
                    && s.isRequest()
                    && s.method().equals(step.method())
                    && s.callId().equals(step.callId()));
    if (proxy && came != null && step.isProvisional() && step.status() == 180) {
      return; // it got lost
    }
    Asked request = lastAsked(step);
    Response response = Party.MESSAGES.createResponse(step.status(), request.request);
    ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
    if (to.getTag() == null && !step.tag("To").isEmpty()) {
      to.setTag(step.tag("To"));
    }
    furnish(response, step, true);
    request.transaction.sendResponse(response);
    keep(request.transaction.getDialog());
  }

  private Asked lastAsked(Step step) {
    for (int i = asked.size() - 1; i >= 0; i--) {
      if (asked.get(i).is(step.method(), step.callId())) {
        return asked.get(i);
      }
    }
    throw new AssertionError("Nothing to answer at " + step + ", only " + party.heard());
  }

  /** Header fields and body as the RFC has them. */
  private static void furnish(Message message, Step step, boolean body) throws Exception {
    Message model =
        step.isRequest()
            ? Party.MESSAGES.createRequest(step.wire())
            : Party.MESSAGES.createResponse(step.wire());
    for (ListIterator<?> names = model.getHeaderNames(); names.hasNext(); ) {
      String name = (String) names.next();
      if (!NOT_COPIED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
        message.removeHeader(name);
        for (ListIterator<?> all = model.getHeaders(name); all.hasNext(); ) {
          message.addHeader((Header) ((Header) all.next()).clone());
        }
      }
    }
    if (body) {
      setBody(message, step);
    }
  }

  private static void setBody(Message message, Step step) throws Exception {
    String[] type = step.header("Content-Type").split("[/;]");
    if (!step.body().isEmpty() && type.length > 1) {
      ContentTypeHeader header = Party.HEADERS.createContentTypeHeader(type[0], type[1].strip());
      message.setContent(step.body().getBytes(StandardCharsets.UTF_8), header);
    }
  }

  // --- as a proxy (RFC 3261 §16) ---

  private void forward(Step step) throws Exception {
    Asked came = lastAsked(step);
    if (step.method().equals(Request.ACK)) {
      passedOn.add("ACK " + branchOf(came.request));
      party.provider().sendRequest(forward(came.request, null));
      return;
    }
    Request copy = forward(came.request, step);
    ClientTransaction transaction = party.provider().getNewClientTransaction(copy);
    sent.add(new Sent(copy, transaction, step.to()));
    transaction.sendRequest();
    forwarded.put(transaction.getBranchId(), came);
  }

  /** With the target and the Record-Route that the RFC has. */
  private Request forward(Request request, @Nullable Step step) throws Exception {
    Request copy = (Request) request.clone();
    ((MaxForwardsHeader) copy.getHeader(MaxForwardsHeader.NAME)).decrementMaxForwards();
    if (copy.getHeader(RouteHeader.NAME) instanceof RouteHeader route && isMine(route)) {
      copy.removeFirst(RouteHeader.NAME);
    }
    if (step == null) {
      ViaHeader via = via();
      via.setBranch("z9hG4bK" + party.name.hashCode() + "-" + branchOf(request)); // §16.11
      copy.addFirst(via);
      return copy;
    }
    copy.setRequestURI(Party.MESSAGES.createRequest(step.wire()).getRequestURI());
    String recorded = step.header("Record-Route");
    if (!recorded.isEmpty() && is(nameOfHost.apply(RfcFlow.hostIn(recorded)))) {
      SipURI mine = (SipURI) Party.ADDRESSES.createURI("sip:" + RfcFlow.hostIn(recorded));
      mine.setLrParam();
      RecordRouteHeader record =
          Party.HEADERS.createRecordRouteHeader(Party.ADDRESSES.createAddress((URI) mine));
      copy.addFirst(record);
    }
    copy.addFirst(via());
    return copy;
  }

  private boolean isMine(RouteHeader route) {
    return route.getAddress().getURI() instanceof SipURI uri && is(nameOfHost.apply(uri.getHost()));
  }

  private static String key(Response response) {
    CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    return response.getStatusCode() / 100 == 2 && cseq.getMethod().equals(Request.INVITE)
        ? response.getStatusCode() + " " + branchOf(response)
        : "once " + System.identityHashCode(response);
  }

  private @Nullable Response lastResponse(Step step) {
    for (int i = party.responses.size() - 1; i >= 0; i--) {
      Response response = party.responses.get(i).getResponse();
      if (Calls.summary(response.toString()).equals(step.summary())
          && callIdOf(response).equals(step.callId())
          && forwarded.containsKey(branchOf(response))) {
        return response;
      }
    }
    return null;
  }

  private void passOn(Response response) throws Exception {
    Response copy = (Response) response.clone();
    copy.removeFirst(ViaHeader.NAME);
    Asked asker = forwarded.get(branchOf(response));
    asker.transaction.sendResponse(copy);
  }

  // --- the end ---

  /** Adds what stands for each established dialog. */
  void addDialogsTo(Set<String> established) {
    for (Dialog dialog : dialogs) {
      if (dialog.getState() == DialogState.CONFIRMED) {
        established.add(
            party.name + ": " + dialog.getCallId().getCallId() + " to " + dialog.getRemoteTag());
      }
    }
  }

  void endDialogs() {
    for (Dialog dialog : dialogs) {
      if (dialog.getState() != DialogState.TERMINATED) {
        dialog.delete();
      }
    }
  }
}
