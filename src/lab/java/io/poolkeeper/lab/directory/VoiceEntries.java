// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.lab.model.LocationProfile;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Policy;
import java.util.TreeMap;

/**
 * Policies, location profiles, routes and usages. In OCS 2007 R2 they are in the directory alone: a deleted location profile is
 * the first disaster of the seed article's second part.
 */
final class VoiceEntries {
    private final Forest forest;
    private final String root;

    private VoiceEntries(Forest forest) {
        this.forest = forest;
        this.root = forest.site().domain().rtcServiceDn();
    }

    static void addTo(Forest forest) {
        var voice = new VoiceEntries(forest);
        voice.addPolicies();
        voice.addProfiles();
        voice.addRoutes();
    }

    private void addPolicies() {
        forest.add(Names.below(root, "Policies"), "container", "msRTCSIP-Policies");
        for (var policy : forest.site().policies()) {
            var entry = forest.add(policyDn(forest.site(), policy), "msRTCSIP-Policy");
            entry.addAttribute("msRTCSIP-PolicyType", policy.kind().type());
            entry.addAttribute("msRTCSIP-PolicyContent", content(policy));
        }
    }

    private void addProfiles() {
        var profiles = Names.below(root, "Location Profiles");
        var rules = Names.below(root, "Local Normalization Rules");
        forest.add(rules, "container", "msRTCSIP-LocalNormalizations");
        forest.add(profiles, "container", "msRTCSIP-LocationProfiles");
        for (var profile : forest.site().profiles()) {
            var entry = forest.add(profileDn(forest.site(), profile.name()), "container", "msRTCSIP-LocationProfile");
            entry.addAttribute("msRTCSIP-LocationName", profile.name());
            entry.addAttribute("description", profile.description());
            entry.addAttribute("msRTCSIP-ExternalAccessCode", "0");
            var order = 0;
            for (var rule : profile.rules()) {
                // DN-binary: the binary part keeps the administrator's order
                entry.addAttribute(
                        "msRTCSIP-LocalNormalizationLinks",
                        "B:8:%08X:%s".formatted(order++, addRule(rules, rule).getDN()));
            }
        }
    }

    private Entry addRule(String rules, LocationProfile.Rule rule) {
        var guid = forest.site().seeded().guid("rule " + rule.name());
        var entry = forest.add(Names.below(rules, Names.braces(guid)), "msRTCSIP-LocalNormalization");
        entry.addAttribute("msRTCSIP-RuleName", rule.name());
        entry.addAttribute("msRTCSIP-Pattern", rule.pattern());
        entry.addAttribute("msRTCSIP-Translation", rule.translation());
        return entry;
    }

    private void addRoutes() {
        var usages = Names.below(root, "Route Usages");
        forest.add(usages, "container", "msRTCSIP-RouteUsages");
        for (var usage : new String[] {"Internal", "Local", "International"}) {
            forest.add(Names.below(usages, usage), "msRTCSIP-RouteUsage")
                    .addAttribute("msRTCSIP-RouteUsageAttribute", usage);
        }
        var routes = Names.below(root, "Phone Routes");
        forest.add(routes, "container", "msRTCSIP-PhoneRoutes");
        for (var route : forest.site().routes()) {
            var entry = forest.add(Names.below(routes, route.name()), "msRTCSIP-PhoneRoute");
            entry.addAttribute("msRTCSIP-PhoneRouteName", route.name());
            entry.addAttribute("msRTCSIP-TargetPhoneNumber", route.pattern());
            entry.addAttribute("msRTCSIP-Gateways", route.gateway() + ":5060");
            for (var usage : route.usages()) {
                entry.addAttribute("msRTCSIP-RouteUsageLinks", Names.below(usages, usage));
            }
        }
    }

    static String profileDn(OcsSite site, String name) {
        return Names.below(Names.below(site.domain().rtcServiceDn(), "Location Profiles"), name);
    }

    static String policyDn(OcsSite site, Policy policy) {
        var guid = site.seeded().guid("policy " + policy.kind() + " " + policy.name());
        return Names.below(Names.below(site.domain().rtcServiceDn(), "Policies"), Names.braces(guid));
    }

    /** A policy's definition is XML in one attribute: {@code <instance><property name="Name">...}. */
    private static String content(Policy policy) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<instance>\r\n");
        property(xml, "Name", policy.name());
        new TreeMap<>(policy.values()).forEach((name, value) -> property(xml, name, value));
        return xml.append("</instance>").toString();
    }

    private static void property(StringBuilder xml, String name, String value) {
        xml.append("  <property name=\"").append(name).append("\">");
        xml.append(value.replace("&", "&amp;").replace("<", "&lt;")).append("</property>\r\n");
    }
}
