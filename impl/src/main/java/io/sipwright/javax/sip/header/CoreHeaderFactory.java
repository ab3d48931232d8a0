package io.sipwright.javax.sip.header;

import io.sipwright.header.SipwrightHeaderFactory;
import java.text.ParseException;
import java.util.Calendar;
import java.util.Locale;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;
import javax.sip.header.AllowEventsHeader;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentDispositionHeader;
import javax.sip.header.ContentEncodingHeader;
import javax.sip.header.ContentLanguageHeader;
import javax.sip.header.ContentLengthHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.DateHeader;
import javax.sip.header.EventHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.MinExpiresHeader;
import javax.sip.header.RAckHeader;
import javax.sip.header.RSeqHeader;
import javax.sip.header.RecordRouteHeader;
import javax.sip.header.ReferToHeader;
import javax.sip.header.ReplyToHeader;
import javax.sip.header.RetryAfterHeader;
import javax.sip.header.RouteHeader;
import javax.sip.header.SubscriptionStateHeader;
import javax.sip.header.TimeStampHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import org.jspecify.annotations.Nullable;

/**
 * The part of the header factory that makes the first section of {@link HeaderType}: routing,
 * identity, dialog and body.
 */
abstract class CoreHeaderFactory implements SipwrightHeaderFactory {
  /** Makes the header objects. */
  final HeaderModel model;

  CoreHeaderFactory(HeaderModel model) {
    this.model = Objects.requireNonNull(model, "model");
  }

  final <T> T make(Class<T> as, HeaderType type) {
    return as.cast(model.header(type));
  }

  @Override
  public AllowEventsHeader createAllowEventsHeader(String eventType) throws ParseException {
    AllowEventsHeader h = make(AllowEventsHeader.class, HeaderType.ALLOW_EVENTS);
    h.setEventType(eventType);
    return h;
  }

  @Override
  public CSeqHeader createCSeqHeader(int sequenceNumber, String method)
      throws ParseException, InvalidArgumentException {
    return createCSeqHeader((long) sequenceNumber, method);
  }

  @Override
  public CSeqHeader createCSeqHeader(long sequenceNumber, String method)
      throws ParseException, InvalidArgumentException {
    CSeqHeader h = make(CSeqHeader.class, HeaderType.CSEQ);
    h.setSeqNumber(sequenceNumber);
    h.setMethod(method);
    return h;
  }

  @Override
  public CallIdHeader createCallIdHeader(String callId) throws ParseException {
    CallIdHeader h = make(CallIdHeader.class, HeaderType.CALL_ID);
    h.setCallId(callId);
    return h;
  }

  @Override
  public ContactHeader createContactHeader(Address address) {
    ContactHeader h = make(ContactHeader.class, HeaderType.CONTACT);
    h.setAddress(address);
    return h;
  }

  @Override
  public ContactHeader createContactHeader() {
    ContactHeader h = make(ContactHeader.class, HeaderType.CONTACT);
    h.setWildCard();
    return h;
  }

  @Override
  public ContentDispositionHeader createContentDispositionHeader(String contentDispositionType)
      throws ParseException {
    ContentDispositionHeader h =
        make(ContentDispositionHeader.class, HeaderType.CONTENT_DISPOSITION);
    h.setDispositionType(contentDispositionType);
    return h;
  }

  @Override
  public ContentEncodingHeader createContentEncodingHeader(String encoding) throws ParseException {
    ContentEncodingHeader h = make(ContentEncodingHeader.class, HeaderType.CONTENT_ENCODING);
    h.setEncoding(encoding);
    return h;
  }

  @Override
  public ContentLanguageHeader createContentLanguageHeader(Locale contentLanguage) {
    ContentLanguageHeader h = make(ContentLanguageHeader.class, HeaderType.CONTENT_LANGUAGE);
    h.setContentLanguage(contentLanguage);
    return h;
  }

  @Override
  public ContentLengthHeader createContentLengthHeader(int contentLength)
      throws InvalidArgumentException {
    ContentLengthHeader h = make(ContentLengthHeader.class, HeaderType.CONTENT_LENGTH);
    h.setContentLength(contentLength);
    return h;
  }

  @Override
  public ContentTypeHeader createContentTypeHeader(String contentType, String contentSubType)
      throws ParseException {
    ContentTypeHeader h = make(ContentTypeHeader.class, HeaderType.CONTENT_TYPE);
    h.setContentType(contentType);
    h.setContentSubType(contentSubType);
    return h;
  }

  @Override
  public DateHeader createDateHeader(Calendar date) {
    DateHeader h = make(DateHeader.class, HeaderType.DATE);
    h.setDate(date);
    return h;
  }

  @Override
  public EventHeader createEventHeader(String eventType) throws ParseException {
    EventHeader h = make(EventHeader.class, HeaderType.EVENT);
    h.setEventType(eventType);
    return h;
  }

  @Override
  public ExpiresHeader createExpiresHeader(int expires) throws InvalidArgumentException {
    ExpiresHeader h = make(ExpiresHeader.class, HeaderType.EXPIRES);
    h.setExpires(expires);
    return h;
  }

  @Override
  public FromHeader createFromHeader(Address address, @Nullable String tag) throws ParseException {
    FromHeader h = make(FromHeader.class, HeaderType.FROM);
    h.setAddress(address);
    if (tag != null) {
      h.setTag(tag);
    }
    return h;
  }

  @Override
  public MaxForwardsHeader createMaxForwardsHeader(int maxForwards)
      throws InvalidArgumentException {
    MaxForwardsHeader h = make(MaxForwardsHeader.class, HeaderType.MAX_FORWARDS);
    h.setMaxForwards(maxForwards);
    return h;
  }

  @Override
  public MinExpiresHeader createMinExpiresHeader(int minExpires) throws InvalidArgumentException {
    MinExpiresHeader h = make(MinExpiresHeader.class, HeaderType.MIN_EXPIRES);
    h.setExpires(minExpires);
    return h;
  }

  @Override
  public RAckHeader createRAckHeader(int rSeqNumber, int cSeqNumber, String method)
      throws InvalidArgumentException, ParseException {
    RAckHeader h = make(RAckHeader.class, HeaderType.RACK);
    h.setRSeqNumber(rSeqNumber);
    h.setCSeqNumber(cSeqNumber);
    h.setMethod(method);
    return h;
  }

  @Override
  public RSeqHeader createRSeqHeader(int sequenceNumber) throws InvalidArgumentException {
    RSeqHeader h = make(RSeqHeader.class, HeaderType.RSEQ);
    h.setSequenceNumber(sequenceNumber);
    return h;
  }

  @Override
  public RecordRouteHeader createRecordRouteHeader(Address address) {
    RecordRouteHeader h = make(RecordRouteHeader.class, HeaderType.RECORD_ROUTE);
    h.setAddress(address);
    return h;
  }

  @Override
  public ReplyToHeader createReplyToHeader(Address address) {
    ReplyToHeader h = make(ReplyToHeader.class, HeaderType.REPLY_TO);
    h.setAddress(address);
    return h;
  }

  @Override
  public ReferToHeader createReferToHeader(Address address) {
    ReferToHeader h = make(ReferToHeader.class, HeaderType.REFER_TO);
    h.setAddress(address);
    return h;
  }

  @Override
  public RetryAfterHeader createRetryAfterHeader(int retryAfter) throws InvalidArgumentException {
    RetryAfterHeader h = make(RetryAfterHeader.class, HeaderType.RETRY_AFTER);
    h.setRetryAfter(retryAfter);
    return h;
  }

  @Override
  public RouteHeader createRouteHeader(Address address) {
    RouteHeader h = make(RouteHeader.class, HeaderType.ROUTE);
    h.setAddress(address);
    return h;
  }

  @Override
  public SubscriptionStateHeader createSubscriptionStateHeader(String subscriptionState)
      throws ParseException {
    SubscriptionStateHeader h = make(SubscriptionStateHeader.class, HeaderType.SUBSCRIPTION_STATE);
    h.setState(subscriptionState);
    return h;
  }

  @Override
  public TimeStampHeader createTimeStampHeader(float timeStamp) throws InvalidArgumentException {
    TimeStampHeader h = make(TimeStampHeader.class, HeaderType.TIMESTAMP);
    h.setTimeStamp(timeStamp);
    return h;
  }

  @Override
  public ToHeader createToHeader(Address address, @Nullable String tag) throws ParseException {
    ToHeader h = make(ToHeader.class, HeaderType.TO);
    h.setAddress(address);
    if (tag != null) {
      h.setTag(tag);
    }
    return h;
  }

  @Override
  public ViaHeader createViaHeader(String host, int port, String transport, @Nullable String branch)
      throws ParseException, InvalidArgumentException {
    ViaHeader h = make(ViaHeader.class, HeaderType.VIA);
    h.setHost(host);
    if (port != -1) {
      h.setPort(port);
    }
    h.setTransport(transport);
    if (branch != null) {
      h.setBranch(branch);
    }
    return h;
  }
}
