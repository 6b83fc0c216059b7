// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import static io.poolkeeper.lab.tools.GlobalSettings.values;

import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Settings of one server as the WMI repository of the machine holds them; no other place has them. */
final class MachineSettings {
    private MachineSettings() {}

    static List<Section> of(OcsSite site, Server server) {
        var sections = new ArrayList<Section>();
        for (var role : server.roles()) {
            sections.add(new Section(
                    "MSFT_SIPServiceSetting",
                    role,
                    values("Role", role, "Version", "3.5.6907.0", "StartMode", "Auto")));
        }
        sections.add(new Section(
                "MSFT_SIPListeningAddressData",
                "5061",
                values(
                        "IPAddress",
                        "192.0.2." + (10 + site.servers().indexOf(server)),
                        "Port",
                        "5061",
                        "Transport",
                        "MTLS")));
        var serial =
                site.seeded().guid("certificate " + server.host()).toString().replace("-", "");
        sections.add(new Section(
                "MSFT_SIPCertificateSetting",
                "default",
                values(
                        "TLSCertIssuer",
                        "CN=OCSLAB Root CA, DC=ocs, DC=lab",
                        "TLSCertSN",
                        serial.toUpperCase(Locale.ROOT),
                        "Subject",
                        "CN=" + server.fqdn())));
        sections.add(new Section(
                "MSFT_SIPRoutingSetting",
                "",
                values(
                        "MaxForwards",
                        "70",
                        "ConnectionLimit",
                        "5000",
                        "Comment",
                        "Wartungsfenster: Sonntag 02:00 – 04:00")));
        return sections;
    }
}
