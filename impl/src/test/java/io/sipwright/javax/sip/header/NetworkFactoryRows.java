package io.sipwright.javax.sip.header;

import static io.sipwright.javax.sip.header.HeaderFactoryTest.row;

import io.sipwright.javax.sip.address.AddressFactoryImpl;
import java.text.ParseException;
import javax.sip.address.Address;
import javax.sip.address.URI;

/**
 * The create methods for headers of networks and of the way that a request went, for {@link
 * HeaderFactoryTest}.
 */
final class NetworkFactoryRows {
  private NetworkFactoryRows() {}

  static Object[][] rows() throws ParseException {
    AddressFactoryImpl addresses = new AddressFactoryImpl();
    Address address = addresses.createAddress("\"A\" <sip:a@b>");
    URI sip = addresses.createURI("sip:p@b");
    URI https = addresses.createURI("https://a.example/b");
    String uuid = "ab30317f1a784dc48ff824d0d3715d86";
    String service = "urn:urn-7:3gpp-service.ims.icsi.mmtel";
    return new Object[][] {
      row("createDiversionHeader", "Diversion: \"A\" <sip:a@b>", address),
      row("createRemotePartyIdHeader", "Remote-Party-ID: \"A\" <sip:a@b>", address),
      row("createHistoryInfoHeader", "History-Info: \"A\" <sip:a@b>;index=1.2", address, "1.2"),
      row("createSuppressIfMatchHeader", "Suppress-If-Match: *", "*"),
      row("createInfoPackageHeader", "Info-Package: foo", "foo"),
      row("createRecvInfoHeader", "Recv-Info: foo", "foo"),
      row("createReferEventsAtHeader", "Refer-Events-At: <sip:p@b>", sip),
      row("createGeolocationHeader", "Geolocation: <https://a.example/b>", https),
      row("createGeolocationErrorHeader", "Geolocation-Error: 100", 100),
      row("createGeolocationRoutingHeader", "Geolocation-Routing: yes", "yes"),
      row("createPolicyContactHeader", "Policy-Contact: <sip:p@b>", sip),
      row("createPolicyIdHeader", "Policy-ID: sip:p@b", sip),
      row("createFeatureCapsHeader", "Feature-Caps: *;+g.3gpp.srvcc", "g.3gpp.srvcc"),
      row("createIdentityHeader", "Identity: a.b.c;info=<https://a.example/b>", "a.b.c", https),
      row("createIdentityInfoHeader", "Identity-Info: <https://a.example/b>", https),
      row("createSessionIdHeader", "Session-ID: " + uuid, uuid),
      row("createUserToUserHeader", "User-to-User: \"a b\"", "a b"),
      row("createPAccessNetworkInfoHeader", "P-Access-Network-Info: IEEE-802.11", "IEEE-802.11"),
      row("createPAssertedServiceHeader", "P-Asserted-Service: " + service, service),
      row("createPAssociatedUriHeader", "P-Associated-URI: \"A\" <sip:a@b>", address),
      row("createPCalledPartyIdHeader", "P-Called-Party-ID: \"A\" <sip:a@b>", address),
      row(
          "createPChargingFunctionAddressesHeader",
          "P-Charging-Function-Addresses: ccf=192.0.2.1",
          "192.0.2.1"),
      row(
          "createPChargingVectorHeader",
          "P-Charging-Vector: icid-value=1234bc9876e",
          "1234bc9876e"),
      row("createPPreferredServiceHeader", "P-Preferred-Service: " + service, service),
      row("createPProfileKeyHeader", "P-Profile-Key: \"A\" <sip:a@b>", address),
      row("createPServedUserHeader", "P-Served-User: \"A\" <sip:a@b>", address),
      row("createPUserDatabaseHeader", "P-User-Database: <sip:p@b>", sip),
      row("createPVisitedNetworkIdHeader", "P-Visited-Network-ID: other.net", "other.net"),
    };
  }
}
