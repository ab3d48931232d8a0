package io.sipwright.header;

import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;
import javax.sip.address.URI;

/**
 * Makes the headers of networks and their services, and those about the way that a request went: a
 * part of {@link SipwrightHeaderFactory}.
 *
 * <p>Null is a {@link NullPointerException}; addresses and URIs are kept, not copied.
 */
public interface NetworkHeaderFactory {
  /**
   * A Diversion header.
   *
   * @param address who diverted the call
   */
  DiversionHeader createDiversionHeader(Address address);

  /**
   * A Remote-Party-ID header.
   *
   * @param address the party
   */
  RemotePartyIdHeader createRemotePartyIdHeader(Address address);

  /**
   * A History-Info header.
   *
   * @param address the target
   * @param index its place in the tree of targets, {@code 1.2}
   * @throws ParseException if {@code index} is none
   */
  HistoryInfoHeader createHistoryInfoHeader(Address address, String index) throws ParseException;

  /**
   * A Suppress-If-Match header.
   *
   * @param etag an entity tag, or {@code *}
   * @throws ParseException if {@code etag} is none
   */
  SuppressIfMatchHeader createSuppressIfMatchHeader(String etag) throws ParseException;

  /**
   * An Info-Package header.
   *
   * @param infoPackage the name of the package
   * @throws ParseException if {@code infoPackage} is none
   */
  InfoPackageHeader createInfoPackageHeader(String infoPackage) throws ParseException;

  /**
   * A Recv-Info header.
   *
   * @param infoPackage the name of the package, or {@code ""} for none
   * @throws ParseException if {@code infoPackage} is none
   */
  RecvInfoHeader createRecvInfoHeader(String infoPackage) throws ParseException;

  /**
   * A Refer-Events-At header.
   *
   * @param eventsUri a SIP or SIPS URI
   * @throws IllegalArgumentException if it's another URI
   */
  ReferEventsAtHeader createReferEventsAtHeader(URI eventsUri);

  /**
   * A Geolocation header.
   *
   * @param locationUri where the location is
   */
  GeolocationHeader createGeolocationHeader(URI locationUri);

  /**
   * A Geolocation-Error header.
   *
   * @param errorCode 0 to 999
   * @throws InvalidArgumentException if it's outside that range
   */
  GeolocationErrorHeader createGeolocationErrorHeader(int errorCode)
      throws InvalidArgumentException;

  /**
   * A Geolocation-Routing header.
   *
   * @param routing {@code yes} or {@code no}
   * @throws ParseException if {@code routing} is none
   */
  GeolocationRoutingHeader createGeolocationRoutingHeader(String routing) throws ParseException;

  /**
   * A Policy-Contact header.
   *
   * @param policyUri the policy server
   */
  PolicyContactHeader createPolicyContactHeader(URI policyUri);

  /**
   * A Policy-ID header.
   *
   * @param policyUri the policy server
   */
  PolicyIdHeader createPolicyIdHeader(URI policyUri);

  /**
   * A Feature-Caps header.
   *
   * @param feature the name of an indicator, without {@code +}
   * @throws ParseException if {@code feature} is none
   */
  FeatureCapsHeader createFeatureCapsHeader(String feature) throws ParseException;

  /**
   * An Identity header.
   *
   * @param signedIdentityDigest the signed digest
   * @param info where the certificate is
   * @throws ParseException if {@code signedIdentityDigest} is none
   */
  IdentityHeader createIdentityHeader(String signedIdentityDigest, URI info) throws ParseException;

  /**
   * An Identity-Info header.
   *
   * @param info where the certificate is
   */
  IdentityInfoHeader createIdentityInfoHeader(URI info);

  /**
   * A Session-ID header.
   *
   * @param localUuid 32 hexadecimal digits
   * @throws ParseException if {@code localUuid} is none
   */
  SessionIdHeader createSessionIdHeader(String localUuid) throws ParseException;

  /**
   * A User-to-User header.
   *
   * @param data the data as it is to stand
   * @throws ParseException if {@code data} is none
   */
  UserToUserHeader createUserToUserHeader(String data) throws ParseException;

  /**
   * A P-Access-Network-Info header.
   *
   * @param accessType the kind of network
   * @throws ParseException if {@code accessType} is none
   */
  PAccessNetworkInfoHeader createPAccessNetworkInfoHeader(String accessType) throws ParseException;

  /**
   * A P-Asserted-Service header.
   *
   * @param serviceId a URN that starts with {@code urn:urn-7:}
   * @throws ParseException if {@code serviceId} is none
   */
  PAssertedServiceHeader createPAssertedServiceHeader(String serviceId) throws ParseException;

  /**
   * A P-Associated-URI header.
   *
   * @param address the address
   */
  PAssociatedUriHeader createPAssociatedUriHeader(Address address);

  /**
   * A P-Called-Party-ID header.
   *
   * @param address the address
   */
  PCalledPartyIdHeader createPCalledPartyIdHeader(Address address);

  /**
   * A P-Charging-Function-Addresses header.
   *
   * @param ccf the charging collection function
   * @throws ParseException if {@code ccf} is none
   */
  PChargingFunctionAddressesHeader createPChargingFunctionAddressesHeader(String ccf)
      throws ParseException;

  /**
   * A P-Charging-Vector header.
   *
   * @param icid the charging id
   * @throws ParseException if {@code icid} is none
   */
  PChargingVectorHeader createPChargingVectorHeader(String icid) throws ParseException;

  /**
   * A P-Preferred-Service header.
   *
   * @param serviceId a URN that starts with {@code urn:urn-7:}
   * @throws ParseException if {@code serviceId} is none
   */
  PPreferredServiceHeader createPPreferredServiceHeader(String serviceId) throws ParseException;

  /**
   * A P-Profile-Key header.
   *
   * @param address the key
   */
  PProfileKeyHeader createPProfileKeyHeader(Address address);

  /**
   * A P-Served-User header.
   *
   * @param address the user
   */
  PServedUserHeader createPServedUserHeader(Address address);

  /**
   * A P-User-Database header.
   *
   * @param database a Diameter URI
   */
  PUserDatabaseHeader createPUserDatabaseHeader(URI database);

  /**
   * A P-Visited-Network-ID header.
   *
   * @param networkId the name of the network
   * @throws ParseException if {@code networkId} is none
   */
  PVisitedNetworkIdHeader createPVisitedNetworkIdHeader(String networkId) throws ParseException;
}
