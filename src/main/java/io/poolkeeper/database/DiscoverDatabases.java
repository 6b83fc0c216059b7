// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.schema.Home;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what an instance holds. The question is constant SQL beside the route that asks it (routes/worker/
 * discover-databases.sql); database snapshots are left out, they are not databases to be restored.
 */
public final class DiscoverDatabases {
    /** How long an instance may take to accept a login before it counts as unreachable. */
    public static final Duration LOGIN = Duration.ofSeconds(5);

    /** How long it may take for the answer. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Site site;

    /** Discovers the instances of a site. */
    public DiscoverDatabases(Site site) {
        this.site = site;
    }

    /** The key of the instance that a step is about; its part is {@code source:sql/<key>}. */
    public String sqlKey(Step step) {
        var key = step.part().leaf();
        if (!site.sql().containsKey(key)) {
            throw new PermanentFault(
                    "there is no sql." + key + " in this worker's site file", "give all workers the same site file");
        }
        return key;
    }

    /**
     * The rows of the question as an inventory.
     *
     * @param rows column label to value
     */
    public Output.Discovered found(Step step, List<Map<String, Object>> rows) {
        return new Output.Discovered(inventory(instance(sqlKey(step), rows, Instant.now())));
    }

    /** An instance that could not be asked is a finding, not a failed step: its parts are planned from what is known. */
    public Output.Discovered unreachable(Step step, SQLException error) {
        var key = sqlKey(step);
        var source = Objects.requireNonNull(site.sql().get(key));
        var fault = SqlFaults.refused(source, "asking sql." + key + " for its databases", error);
        return new Output.Discovered(inventory(unreachable(key, fault)));
    }

    /** Asks an instance without a route, for {@code plan} and {@code check}; never throws a fault. */
    public Inventory.SqlInstance look(SqlSource source, Duration login) {
        try (var statements = new Clients(site).bounded(source, login, ANSWER)) {
            var rows = statements.ask(question("discover-databases.sql"));
            return instance(source.key(), rows.stream().map(Row::asMap).toList(), Instant.now());
        } catch (SQLException e) {
            return unreachable(source.key(), SqlFaults.sort("asking sql." + source.key() + " for its databases", e));
        } catch (StepFault e) {
            return unreachable(source.key(), e);
        }
    }

    /** A question that stands beside the routes. */
    static String question(String file) {
        try {
            return Files.readString(Home.file("routes/worker/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Output.Discovered found(Inventory.SqlInstance instance) {
        return new Output.Discovered(inventory(instance));
    }

    private static Inventory inventory(Inventory.SqlInstance instance) {
        return new Inventory(Map.of(instance.key(), instance), List.of(), null);
    }

    /**
     * What an instance answered.
     *
     * @param now what our clock showed then, or that of the host that asked
     */
    static Inventory.SqlInstance instance(String key, List<Map<String, Object>> rows, Instant now) {
        var databases = rows.stream()
                .map(row -> new Inventory.Database(text(row, "name"), text(row, "state"), text(row, "recovery_model")))
                .toList();
        var first = rows.isEmpty() ? Map.<String, Object>of() : rows.get(0);
        return new Inventory.SqlInstance(
                key,
                now,
                null,
                null,
                false,
                text(first, "version"),
                text(first, "edition"),
                skew(first.get("utc_now"), now),
                databases);
    }

    static Inventory.SqlInstance unreachable(String key, StepFault fault) {
        return new Inventory.SqlInstance(
                key, Instant.now(), fault.getMessage(), fault.hint(), false, "", "", 0, List.of());
    }

    private static String text(Map<String, Object> row, String column) {
        return String.valueOf(row.getOrDefault(column, "")).strip();
    }

    /** GETUTCDATE() has no zone; it is UTC by definition. */
    private static long skew(@Nullable Object utcNow, Instant now) {
        if (utcNow instanceof Timestamp timestamp) {
            return Duration.between(now, timestamp.toLocalDateTime().toInstant(ZoneOffset.UTC))
                    .toSeconds();
        }
        if (utcNow instanceof String text) {
            try {
                return Duration.between(now, Times.read(text).toInstant(ZoneOffset.UTC))
                        .toSeconds();
            } catch (SQLException e) {
                return 0; // a clock that cannot be read is no reason to forget the databases
            }
        }
        return utcNow instanceof LocalDateTime local
                ? Duration.between(now, local.toInstant(ZoneOffset.UTC)).toSeconds()
                : 0;
    }
}
