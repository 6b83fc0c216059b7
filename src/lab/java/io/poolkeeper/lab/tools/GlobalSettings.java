// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import io.poolkeeper.lab.model.OcsSite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of the forest as WMI shows them: the same policies, profiles and routes as in the directory. */
final class GlobalSettings {
    private GlobalSettings() {}

    static List<Section> of(OcsSite site) {
        var sections = new ArrayList<Section>();
        sections.add(new Section(
                "MSFT_SIPDomainData",
                site.domain().dns(),
                values("Address", site.domain().dns(), "DefaultDomain", "true")));
        sections.add(new Section(
                "MSFT_SIPGlobalVoIPSetting",
                "",
                values("DefaultLocationProfile", site.profiles().get(0).name(), "AllowAnonymousMeetings", "true")));
        for (var policy : site.policies()) {
            var values = values("Name", policy.name());
            values.putAll(new TreeMap<>(policy.values()));
            sections.add(new Section("MSFT_SIPGlobal" + policy.kind().type() + "PolicySetting", policy.name(), values));
        }
        for (var profile : site.profiles()) {
            var values =
                    values("Name", profile.name(), "Description", profile.description(), "ExternalAccessCode", "0");
            for (var rule : profile.rules()) {
                values.put("Rule " + rule.name(), rule.pattern() + " -> " + rule.translation());
            }
            sections.add(new Section("MSFT_SIPLocationProfileSetting", profile.name(), values));
        }
        for (var route : site.routes()) {
            sections.add(new Section(
                    "MSFT_SIPPhoneRouteSetting",
                    route.name(),
                    values(
                            "TargetPhoneNumber",
                            route.pattern(),
                            "Usages",
                            String.join(",", route.usages()),
                            "Gateways",
                            route.gateway() + ":5060")));
        }
        return sections;
    }

    /** Names and values alternate; kept in this order. */
    static Map<String, String> values(String... namesAndValues) {
        var values = new LinkedHashMap<String, String>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }
}
