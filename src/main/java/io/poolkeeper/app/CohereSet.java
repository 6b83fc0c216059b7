// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.directory.DirectoryNames;
import io.poolkeeper.proof.Coherence;
import io.poolkeeper.schema.ConfigurationException;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Vault;
import io.poolkeeper.settings.SettingsFacts;
import io.poolkeeper.site.ShareSource;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the parts of a set say and has {@link Coherence} hold them against each other. It stands here because no kind
 * knows another. Bean {@code cohereSet}.
 */
final class CohereSet implements StepHandler {
    private static final int MOST = 100;

    /** What LCSCmd may write in a list of servers that is not a host name, such as a distinguished name, says nothing. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9][a-z0-9-]*(\\.[a-z0-9-]+)*\\.[a-z][a-z0-9-]*");

    @Override
    public Output handle(Step step, Work work) {
        var vault = new Vault(work.vault());
        var folder = vault.set(step.requiredSet());
        try {
            var manifest = vault.manifest(step.requiredSet());
            var site = SiteFile.read(folder.resolve("site.yaml"));
            var result = Coherence.of(new Gathering(folder, manifest, site, work).facts());
            return new Output.Judged(
                    result.verdict(), Depth.CONTENT, named(result.mismatches()), result.told(), 0, null);
        } catch (IOException e) {
            throw new TransientFault("the set cannot be read: " + e.getMessage(), "check the vault's volume", e);
        } catch (MalformedDocument | ConfigurationException e) {
            throw new PermanentFault("the set's own files are damaged: " + e.getMessage(), "'verify' tells more", e);
        }
    }

    private static List<Output.Damage> named(List<Output.Damage> all) {
        var named = new ArrayList<>(all.subList(0, Math.min(all.size(), MOST)));
        if (all.size() > MOST) {
            named.add(new Output.Damage("", "and " + (all.size() - MOST) + " more"));
        }
        return named;
    }

    /** One set that is looked into. */
    private record Gathering(Path folder, Manifest manifest, Site site, Work work) {
        Coherence.Facts facts() {
            var points = new TreeMap<PartId, Instant>();
            var users = new TreeMap<PartId, Set<String>>();
            var settings = new TreeMap<PartId, Coherence.Settings>();
            var notHeld = new ArrayList<PartId>();
            for (var part : manifest.parts()) {
                var point = part.point();
                if (part.held() && point != null) {
                    points.put(part.part(), point);
                }
                if (part.captured() && part.method() == Method.DBIMPEXP) {
                    users.put(part.part(), SettingsFacts.users(file(part)));
                } else if (part.captured() && part.method() == Method.LCSCMD) {
                    settings.put(part.part(), settings(part));
                } else if (isMissing(part)) {
                    notHeld.add(part.part());
                }
                work.checkCancelled();
            }
            return new Coherence.Facts(points, site.proof().skew(), users, settings, directory(), names(), notHeld);
        }

        private Path file(Manifest.Part part) {
            return folder.resolve(part.artefacts().get(0).path());
        }

        /** What LCSCmd or dbimpexp should have exported, and what another product took in its place. */
        private boolean isMissing(Manifest.Part part) {
            return part.kind() == Kind.SETTINGS
                    && part.disposition().captured()
                    && site.catalogue()
                            .setting(part.part().owner())
                            .filter(entry -> entry.method() == Method.LCSCMD || entry.method() == Method.DBIMPEXP)
                            .isPresent();
        }

        private Coherence.Settings settings(Manifest.Part part) {
            var catalogue = site.catalogue();
            var wanted = new TreeSet<>(catalogue.named().pools());
            wanted.addAll(catalogue.named().servers());
            catalogue.shares().forEach(share -> wanted.addAll(share.namedBy()));
            var found = SettingsFacts.values(file(part), wanted);
            var locations = new LinkedHashMap<String, Set<String>>();
            for (var share : catalogue.shares()) {
                locations.put(share.role(), values(found, share.namedBy()));
            }
            return new Coherence.Settings(
                    hosts(found, catalogue.named().pools()),
                    hosts(found, catalogue.named().servers()),
                    locations);
        }

        private static Set<String> values(Map<String, Set<String>> found, Collection<String> properties) {
            return properties.stream()
                    .flatMap(property -> found.getOrDefault(property, Set.of()).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static Set<String> hosts(Map<String, Set<String>> found, Collection<String> properties) {
            var hosts = new LinkedHashSet<String>();
            for (var value : values(found, properties)) {
                for (var word : value.toLowerCase(Locale.ROOT).split("[\\s,;|]+", -1)) {
                    if (HOST.matcher(word).matches()) {
                        hosts.add(word);
                    }
                }
            }
            return hosts;
        }

        private Coherence.@Nullable Directory directory() {
            var all = new DirectoryNames(new HashSet<>(), new HashSet<>(), new HashSet<>());
            PartId first = null;
            for (var part : manifest.parts()) {
                if (part.captured() && part.method().isLdif()) {
                    first = first == null ? part.part() : first;
                    var names = DirectoryNames.of(folder, part, work);
                    all.addresses().addAll(names.addresses());
                    all.pools().addAll(names.pools());
                    all.servers().addAll(names.servers());
                }
            }
            return first == null ? null : new Coherence.Directory(first, all.addresses(), all.pools(), all.servers());
        }

        private Coherence.SiteNames names() {
            var pools = new TreeSet<String>();
            var servers = new TreeSet<String>();
            for (var pool : site.pools()) {
                pools.add(pool.name().toLowerCase(Locale.ROOT));
                pool.servers().forEach(server -> servers.add(server.fqdn().toLowerCase(Locale.ROOT)));
            }
            var shares = new ArrayList<Coherence.Share>();
            for (var part : manifest.parts()) {
                var role = part.role();
                if (part.kind() == Kind.SHARE && role != null && part.disposition() != Disposition.ABSENT) {
                    shares.add(new Coherence.Share(part.part(), role, unc(part)));
                }
            }
            return new Coherence.SiteNames(pools, servers, shares);
        }

        private @Nullable String unc(Manifest.Part part) {
            var source = site.shares().get(part.part().name());
            var url = source == null ? "" : source.url().orElse("");
            var parts = ShareSource.SMB_URL.matcher(url);
            return parts.matches()
                    ? Coherence.unc(parts.group("host"), parts.group("share"), parts.group("folder"))
                            .orElse(null)
                    : null;
        }
    }
}
