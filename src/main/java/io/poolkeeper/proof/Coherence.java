// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.proof;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the parts of a set fit each other: each may be whole, and a site that is restored from all of them still not work.
 * A pure function of what the parts say. All names are in lower case.
 */
public final class Coherence {
    private final Facts facts;
    private final List<Damage> mismatches = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> looked = new ArrayList<>();

    private Coherence(Facts facts) {
        this.facts = facts;
    }

    /**
     * What the parts of a set say.
     *
     * @param points when each part that the set holds was captured
     * @param skew how far those may lie apart
     * @param users of each export of user data, {@code user@domain}
     * @param settings by part
     * @param directory null if the set holds no LDIF of it
     * @param site what the set's site file names
     * @param notHeld parts that were to be captured and that the set does not hold in a form that can be looked into
     */
    public record Facts(
            Map<PartId, Instant> points,
            Duration skew,
            Map<PartId, Set<String>> users,
            Map<PartId, Settings> settings,
            @Nullable Directory directory,
            SiteNames site,
            List<PartId> notHeld) {}

    /**
     * What exported settings name.
     *
     * @param pools full DNS names
     * @param servers full DNS names
     * @param locations role of a share to where it is
     */
    public record Settings(Set<String> pools, Set<String> servers, Map<String, Set<String>> locations) {}

    /**
     * What an export of the directory holds.
     *
     * @param addresses of users, without {@code sip:}
     * @param pools names and full DNS names of pool objects
     * @param servers full DNS names of trusted servers and services
     */
    public record Directory(PartId part, Set<String> addresses, Set<String> pools, Set<String> servers) {}

    /**
     * What a site file and its plan name.
     *
     * @param pools names
     * @param servers full DNS names
     */
    public record SiteNames(Set<String> pools, Set<String> servers, List<Share> shares) {}

    /**
     * A share that is a part of the plan, captured or not.
     *
     * @param unc {@code \\host\share}, if the site file says so; null if only the worker's own path is known
     */
    public record Share(PartId part, String role, @Nullable String unc) {}

    /**
     * What was found.
     *
     * @param verdict SUSPECT if parts do not fit; UNKNOWN if something could not be compared, and all else fits
     * @param mismatches each names the part that says it, and the user, pool, server or place
     * @param told what was compared, or what could not be
     */
    public record Result(Verdict verdict, List<Damage> mismatches, String told) {}

    /** Compares them. */
    public static Result of(Facts facts) {
        var coherence = new Coherence(facts);
        coherence.users();
        coherence.names();
        coherence.locations();
        coherence.times();
        return coherence.result();
    }

    private Result result() {
        facts.notHeld().forEach(part -> unknown.add(part + " is not in the set, or not as a file that tells"));
        var verdict = unknown.isEmpty() ? Verdict.PROVEN : Verdict.UNKNOWN;
        return new Result(
                mismatches.isEmpty() ? verdict : Verdict.SUSPECT,
                List.copyOf(mismatches),
                String.join("; ", unknown.isEmpty() ? looked : unknown));
    }

    private void mismatch(PartId part, String what) {
        mismatches.add(new Damage(part.toString(), what));
    }

    private void users() {
        var directory = facts.directory();
        if (facts.users().isEmpty() || directory == null) {
            unknown.add("users were not looked for: the set holds no "
                    + (facts.users().isEmpty() ? "user data" : "LDIF of the directory"));
            return;
        }
        var all = 0;
        for (var export : facts.users().entrySet()) {
            all += export.getValue().size();
            export.getValue().stream()
                    .filter(user -> !directory.addresses().contains(user))
                    .forEach(user ->
                            mismatch(export.getKey(), "user " + user + " has no object in " + directory.part()));
        }
        if (all == 0) {
            unknown.add("users were not looked for: the user data names none");
        }
        looked.add(all + " users");
    }

    private void names() {
        var directory = facts.directory();
        if (facts.settings().isEmpty()) {
            unknown.add("pools, servers and shares were not looked for: the set holds no settings by LCSCmd");
            return;
        }
        if (directory == null) {
            unknown.add("pools and servers were not looked for: the set holds no LDIF of the directory");
        }
        var counts = new TreeMap<String, Integer>();
        facts.settings().forEach((part, settings) -> {
            for (var pool : settings.pools()) {
                counts.merge("pools", 1, Integer::sum);
                named(part, "pool " + pool, facts.site().pools().contains(label(pool)), holdsPool(directory, pool));
            }
            for (var server : settings.servers()) {
                counts.merge("servers", 1, Integer::sum);
                named(
                        part,
                        "server " + server,
                        facts.site().servers().contains(server),
                        directory == null || directory.servers().contains(server));
            }
        });
        for (var kind : List.of("pools", "servers")) {
            looked.add(counts.getOrDefault(kind, 0) + " " + kind);
            if (!counts.containsKey(kind)) {
                unknown.add(kind + " were not looked for: the settings name none in a way that is known");
            }
        }
    }

    private static boolean holdsPool(@Nullable Directory directory, String pool) {
        return directory == null
                || directory.pools().contains(pool)
                || directory.pools().contains(label(pool));
    }

    private static String label(String fqdn) {
        return fqdn.contains(".") ? fqdn.substring(0, fqdn.indexOf('.')) : fqdn;
    }

    private void named(PartId part, String what, boolean inSite, boolean inDirectory) {
        if (!inSite) {
            mismatch(part, "names " + what + ", and the site file does not");
        }
        var directory = facts.directory();
        if (!inDirectory && directory != null) {
            mismatch(part, "names " + what + ", and " + directory.part() + " does not hold it");
        }
    }

    private void locations() {
        var count = 0;
        for (var settings : facts.settings().entrySet()) {
            for (var location : settings.getValue().locations().entrySet()) {
                for (var place : location.getValue()) {
                    count++;
                    if (facts.site().shares().stream().noneMatch(share -> holds(share, location.getKey(), place))) {
                        mismatch(
                                settings.getKey(),
                                "names " + place + " for " + location.getKey() + ", and no share of the plan is that");
                    }
                }
            }
        }
        if (!facts.settings().isEmpty()) {
            looked.add(count + " share locations");
            if (count == 0) {
                unknown.add("shares were not looked for: the settings name none in a way that is known");
            }
        }
    }

    /** Of a share that the worker reads by a path of its own only the role can be compared. */
    private static boolean holds(Share share, String role, String place) {
        var unc = share.unc();
        if (!share.role().equals(role) || unc == null || !place.startsWith("\\\\")) {
            return share.role().equals(role);
        }
        var wanted = place.toLowerCase(Locale.ROOT);
        return wanted.equals(unc) || wanted.startsWith(unc + "\\");
    }

    private void times() {
        var newest = facts.points().entrySet().stream().max(Map.Entry.comparingByValue());
        var oldest = facts.points().values().stream().min(Comparator.naturalOrder());
        if (newest.isEmpty() || oldest.isEmpty()) {
            unknown.add("times were not compared: the set holds nothing");
            return;
        }
        facts.points().forEach((part, point) -> {
            if (Duration.between(point, newest.get().getValue()).compareTo(facts.skew()) > 0) {
                mismatch(
                        part,
                        "is of %s, %s is of %s: more than %s apart (proof.skew)"
                                .formatted(
                                        point,
                                        newest.get().getKey(),
                                        newest.get().getValue(),
                                        facts.skew()));
            }
        });
        var apart = Duration.between(oldest.get(), newest.get().getValue()).toSeconds();
        looked.add("captured within " + apart + " s");
    }

    /** The place of a share in the notation of Windows, lower case; empty for a URL that is no SMB URL. */
    public static Optional<String> unc(String host, String share, @Nullable String folder) {
        if (host.isEmpty() || share.isEmpty()) {
            return Optional.empty();
        }
        var below = folder == null ? "" : folder.replace('/', '\\').replaceAll("\\\\+$", "");
        return Optional.of(("\\\\" + host + "\\" + share + below).toLowerCase(Locale.ROOT));
    }
}
