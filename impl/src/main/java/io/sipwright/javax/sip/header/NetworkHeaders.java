package io.sipwright.javax.sip.header;

import io.sipwright.header.DiversionHeader;
import io.sipwright.header.FeatureCapsHeader;
import io.sipwright.header.GeolocationErrorHeader;
import io.sipwright.header.GeolocationHeader;
import io.sipwright.header.GeolocationRoutingHeader;
import io.sipwright.header.HistoryInfoHeader;
import io.sipwright.header.IdentityHeader;
import io.sipwright.header.IdentityInfoHeader;
import io.sipwright.header.InfoPackageHeader;
import io.sipwright.header.NetworkHeaderFactory;
import io.sipwright.header.PAccessNetworkInfoHeader;
import io.sipwright.header.PAssertedServiceHeader;
import io.sipwright.header.PAssociatedUriHeader;
import io.sipwright.header.PCalledPartyIdHeader;
import io.sipwright.header.PChargingFunctionAddressesHeader;
import io.sipwright.header.PChargingVectorHeader;
import io.sipwright.header.PPreferredServiceHeader;
import io.sipwright.header.PProfileKeyHeader;
import io.sipwright.header.PServedUserHeader;
import io.sipwright.header.PUserDatabaseHeader;
import io.sipwright.header.PVisitedNetworkIdHeader;
import io.sipwright.header.PolicyContactHeader;
import io.sipwright.header.PolicyIdHeader;
import io.sipwright.header.RecvInfoHeader;
import io.sipwright.header.ReferEventsAtHeader;
import io.sipwright.header.RemotePartyIdHeader;
import io.sipwright.header.SessionIdHeader;
import io.sipwright.header.SuppressIfMatchHeader;
import io.sipwright.header.UserToUserHeader;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;
import javax.sip.address.URI;

/**
 * Makes the headers of networks and their services, and those about the way that a request went.
 */
abstract class NetworkHeaders extends CallHeaderFactory implements NetworkHeaderFactory {
  /** Makes the header objects of a model. */
  NetworkHeaders(HeaderModel model) {
    super(model);
  }

  @Override
  public DiversionHeader createDiversionHeader(Address address) {
    DiversionHeader h = make(DiversionHeader.class, HeaderType.DIVERSION);
    h.setAddress(address);
    return h;
  }

  @Override
  public RemotePartyIdHeader createRemotePartyIdHeader(Address address) {
    RemotePartyIdHeader h = make(RemotePartyIdHeader.class, HeaderType.REMOTE_PARTY_ID);
    h.setAddress(address);
    return h;
  }

  @Override
  public HistoryInfoHeader createHistoryInfoHeader(Address address, String index)
      throws ParseException {
    HistoryInfoHeader h = make(HistoryInfoHeader.class, HeaderType.HISTORY_INFO);
    h.setAddress(address);
    h.setIndex(index);
    return h;
  }

  @Override
  public SuppressIfMatchHeader createSuppressIfMatchHeader(String etag) throws ParseException {
    SuppressIfMatchHeader h = make(SuppressIfMatchHeader.class, HeaderType.SUPPRESS_IF_MATCH);
    h.setETag(etag);
    return h;
  }

  @Override
  public InfoPackageHeader createInfoPackageHeader(String infoPackage) throws ParseException {
    InfoPackageHeader h = make(InfoPackageHeader.class, HeaderType.INFO_PACKAGE);
    h.setInfoPackage(infoPackage);
    return h;
  }

  @Override
  public RecvInfoHeader createRecvInfoHeader(String infoPackage) throws ParseException {
    RecvInfoHeader h = make(RecvInfoHeader.class, HeaderType.RECV_INFO);
    h.setInfoPackage(infoPackage);
    return h;
  }

  @Override
  public ReferEventsAtHeader createReferEventsAtHeader(URI eventsUri) {
    ReferEventsAtHeader h = make(ReferEventsAtHeader.class, HeaderType.REFER_EVENTS_AT);
    h.setEventsUri(eventsUri);
    return h;
  }

  @Override
  public GeolocationHeader createGeolocationHeader(URI locationUri) {
    GeolocationHeader h = make(GeolocationHeader.class, HeaderType.GEOLOCATION);
    h.setLocationUri(locationUri);
    return h;
  }

  @Override
  public GeolocationErrorHeader createGeolocationErrorHeader(int errorCode)
      throws InvalidArgumentException {
    GeolocationErrorHeader h = make(GeolocationErrorHeader.class, HeaderType.GEOLOCATION_ERROR);
    h.setErrorCode(errorCode);
    return h;
  }

  @Override
  public GeolocationRoutingHeader createGeolocationRoutingHeader(String routing)
      throws ParseException {
    GeolocationRoutingHeader h =
        make(GeolocationRoutingHeader.class, HeaderType.GEOLOCATION_ROUTING);
    h.setRouting(routing);
    return h;
  }

  @Override
  public PolicyContactHeader createPolicyContactHeader(URI policyUri) {
    PolicyContactHeader h = make(PolicyContactHeader.class, HeaderType.POLICY_CONTACT);
    h.setPolicyUri(policyUri);
    return h;
  }

  @Override
  public PolicyIdHeader createPolicyIdHeader(URI policyUri) {
    PolicyIdHeader h = make(PolicyIdHeader.class, HeaderType.POLICY_ID);
    h.setPolicyUri(policyUri);
    return h;
  }

  @Override
  public FeatureCapsHeader createFeatureCapsHeader(String feature) throws ParseException {
    FeatureCapsHeader h = make(FeatureCapsHeader.class, HeaderType.FEATURE_CAPS);
    h.setFeature(feature, null);
    return h;
  }

  @Override
  public IdentityHeader createIdentityHeader(String signedIdentityDigest, URI info)
      throws ParseException {
    IdentityHeader h = make(IdentityHeader.class, HeaderType.IDENTITY);
    h.setSignedIdentityDigest(signedIdentityDigest);
    h.setInfo(info);
    return h;
  }

  @Override
  public IdentityInfoHeader createIdentityInfoHeader(URI info) {
    IdentityInfoHeader h = make(IdentityInfoHeader.class, HeaderType.IDENTITY_INFO);
    h.setInfo(info);
    return h;
  }

  @Override
  public SessionIdHeader createSessionIdHeader(String localUuid) throws ParseException {
    SessionIdHeader h = make(SessionIdHeader.class, HeaderType.SESSION_ID);
    h.setLocalUuid(localUuid);
    return h;
  }

  @Override
  public UserToUserHeader createUserToUserHeader(String data) throws ParseException {
    UserToUserHeader h = make(UserToUserHeader.class, HeaderType.USER_TO_USER);
    h.setData(data);
    return h;
  }

  @Override
  public PAccessNetworkInfoHeader createPAccessNetworkInfoHeader(String accessType)
      throws ParseException {
    PAccessNetworkInfoHeader h =
        make(PAccessNetworkInfoHeader.class, HeaderType.P_ACCESS_NETWORK_INFO);
    h.setAccessType(accessType);
    return h;
  }

  @Override
  public PAssertedServiceHeader createPAssertedServiceHeader(String serviceId)
      throws ParseException {
    PAssertedServiceHeader h = make(PAssertedServiceHeader.class, HeaderType.P_ASSERTED_SERVICE);
    h.setServiceId(serviceId);
    return h;
  }

  @Override
  public PAssociatedUriHeader createPAssociatedUriHeader(Address address) {
    PAssociatedUriHeader h = make(PAssociatedUriHeader.class, HeaderType.P_ASSOCIATED_URI);
    h.setAddress(address);
    return h;
  }

  @Override
  public PCalledPartyIdHeader createPCalledPartyIdHeader(Address address) {
    PCalledPartyIdHeader h = make(PCalledPartyIdHeader.class, HeaderType.P_CALLED_PARTY_ID);
    h.setAddress(address);
    return h;
  }

  @Override
  public PChargingFunctionAddressesHeader createPChargingFunctionAddressesHeader(String ccf)
      throws ParseException {
    PChargingFunctionAddressesHeader h =
        make(PChargingFunctionAddressesHeader.class, HeaderType.P_CHARGING_FUNCTION_ADDRESSES);
    h.setCcf(ccf);
    return h;
  }

  @Override
  public PChargingVectorHeader createPChargingVectorHeader(String icid) throws ParseException {
    PChargingVectorHeader h = make(PChargingVectorHeader.class, HeaderType.P_CHARGING_VECTOR);
    h.setIcid(icid);
    return h;
  }

  @Override
  public PPreferredServiceHeader createPPreferredServiceHeader(String serviceId)
      throws ParseException {
    PPreferredServiceHeader h = make(PPreferredServiceHeader.class, HeaderType.P_PREFERRED_SERVICE);
    h.setServiceId(serviceId);
    return h;
  }

  @Override
  public PProfileKeyHeader createPProfileKeyHeader(Address address) {
    PProfileKeyHeader h = make(PProfileKeyHeader.class, HeaderType.P_PROFILE_KEY);
    h.setAddress(address);
    return h;
  }

  @Override
  public PServedUserHeader createPServedUserHeader(Address address) {
    PServedUserHeader h = make(PServedUserHeader.class, HeaderType.P_SERVED_USER);
    h.setAddress(address);
    return h;
  }

  @Override
  public PUserDatabaseHeader createPUserDatabaseHeader(URI database) {
    PUserDatabaseHeader h = make(PUserDatabaseHeader.class, HeaderType.P_USER_DATABASE);
    h.setDatabase(database);
    return h;
  }

  @Override
  public PVisitedNetworkIdHeader createPVisitedNetworkIdHeader(String networkId)
      throws ParseException {
    PVisitedNetworkIdHeader h =
        make(PVisitedNetworkIdHeader.class, HeaderType.P_VISITED_NETWORK_ID);
    h.setNetworkId(networkId);
    return h;
  }
}
