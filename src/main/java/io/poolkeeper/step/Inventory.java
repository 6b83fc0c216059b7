// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import io.poolkeeper.catalogue.Edition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What discovery found, and when. Fragments from several sources are merged into one.
 *
 * @param sql by the site file's key
 * @param folders the shares that were looked for
 * @param directory null if no directory was asked
 */
public record Inventory(
        Map<String, SqlInstance> sql,
        List<Folder> folders,
        @Nullable Directory directory) {
    /** Nothing found yet. */
    public static final Inventory EMPTY = new Inventory(Map.of(), List.of(), null);

    /**
     * One SQL Server instance.
     *
     * @param at when it was asked, UTC
     * @param cause why it could not be asked; null if it could
     * @param hint what to do about that; null if it could
     * @param recorded whether this is what an earlier run found, because it cannot be asked now
     * @param version e.g. {@code 9.00.5000.00}
     * @param edition e.g. {@code Express Edition}
     * @param skewSeconds the server's clock minus ours
     * @param chainEvents what others did to the chains since the newest backup of ours
     */
    public record SqlInstance(
            String key,
            Instant at,
            @Nullable String cause,
            @Nullable String hint,
            boolean recorded,
            String version,
            String edition,
            long skewSeconds,
            List<Database> databases,
            List<ChainEvent> chainEvents) {
        /** Inventories of earlier releases have no events. */
        public SqlInstance {
            chainEvents = chainEvents == null ? List.of() : List.copyOf(chainEvents);
        }

        /** An instance whose history nobody has read yet. */
        public SqlInstance(
                String key,
                Instant at,
                @Nullable String cause,
                @Nullable String hint,
                boolean recorded,
                String version,
                String edition,
                long skewSeconds,
                List<Database> databases) {
            this(key, at, cause, hint, recorded, version, edition, skewSeconds, databases, List.of());
        }

        /** The same instance, and what its history tells. */
        public SqlInstance with(List<ChainEvent> events) {
            return new SqlInstance(key, at, cause, hint, recorded, version, edition, skewSeconds, databases, events);
        }

        /** Whether it answered just now. */
        public boolean reachable() {
            return cause == null;
        }

        /** The database of a name, without regard to case. */
        public boolean holds(String name) {
            return databases.stream().anyMatch(database -> database.name().equalsIgnoreCase(name));
        }
    }

    /**
     * One database.
     *
     * @param name as the server spells it
     * @param state {@code ONLINE}, {@code OFFLINE}, {@code RESTORING} ... (sys.databases.state_desc)
     * @param recoveryModel {@code SIMPLE}, {@code FULL} or {@code BULK_LOGGED}
     */
    public record Database(String name, String state, String recoveryModel) {}

    /**
     * Something that happened to the chain of a database's backups.
     *
     * @param database as the server spells it; empty if it is about the whole instance
     * @param what who did what, when, and where to
     */
    public record ChainEvent(String database, String what) {}

    /**
     * One folder that was looked for.
     *
     * @param key the key of its part
     * @param role the catalogue's word
     * @param path as the worker sees it; empty if nobody knows where it should be
     * @param found whether it is there and can be listed
     * @param cause why not; null if it is
     * @param hint what to do about it; null if there is nothing better to say than to bring it back
     * @param declared whether the site file names it, or its default place follows from a declared role
     */
    public record Folder(
            String key,
            String role,
            @Nullable String pool,
            Edition edition,
            String worker,
            String path,
            boolean found,
            @Nullable String cause,
            @Nullable String hint,
            boolean declared,
            Instant at) {
        /** Without a hint. */
        public Folder(
                String key,
                String role,
                @Nullable String pool,
                Edition edition,
                String worker,
                String path,
                boolean found,
                @Nullable String cause,
                boolean declared,
                Instant at) {
            this(key, role, pool, edition, worker, path, found, cause, null, declared, at);
        }
    }

    /**
     * The domain controller.
     *
     * @param cause why it could not be asked; null if it could
     * @param domain distinguished name of the domain, e.g. {@code DC=ocs,DC=lab}
     * @param containers the OCS containers that exist
     * @param deployment pools and servers; null if nobody looked
     * @param tombstoneDays how long deleted objects are remembered, and so how old a backup may be that is restored; null if
     *     that could not be read
     */
    public record Directory(
            Instant at,
            @Nullable String cause,
            @Nullable String hint,
            String domain,
            String configuration,
            List<String> containers,
            long skewSeconds,
            @Nullable Deployment deployment,
            @Nullable Integer tombstoneDays) {
        /** Of a forest whose tombstone lifetime is not known. */
        public Directory(
                Instant at,
                @Nullable String cause,
                @Nullable String hint,
                String domain,
                String configuration,
                List<String> containers,
                long skewSeconds,
                @Nullable Deployment deployment) {
            this(at, cause, hint, domain, configuration, containers, skewSeconds, deployment, null);
        }
    }

    /** This and the other; where both know a thing, the other is taken. */
    public Inventory with(Inventory other) {
        var instances = new LinkedHashMap<>(sql);
        instances.putAll(other.sql);
        var merged = new ArrayList<>(folders);
        merged.removeIf(
                mine -> other.folders.stream().anyMatch(theirs -> theirs.key().equals(mine.key())));
        merged.addAll(other.folders);
        return new Inventory(instances, List.copyOf(merged), other.directory == null ? directory : other.directory);
    }

    /**
     * Fills in what an earlier discovery knew of SQL Server instances that cannot be asked now; marked as recorded.
     *
     * @param earlier what an earlier run found
     */
    public Inventory orRecorded(Inventory earlier) {
        var instances = new LinkedHashMap<>(sql);
        instances.replaceAll((key, now) -> {
            var before = earlier.sql.get(key);
            return now.reachable() || before == null
                    ? now
                    : new SqlInstance(
                            key,
                            before.at(),
                            now.cause(),
                            now.hint(),
                            true,
                            before.version(),
                            before.edition(),
                            before.skewSeconds(),
                            before.databases());
        });
        return new Inventory(instances, folders, directory);
    }
}
