// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Inventory.ChainEvent;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Watches over the chains: what others did to them in msdb since Poolkeeper's newest backup of each database, and whether a
 * recovery model was changed. The question is constant SQL beside the route that asks it (routes/worker/watch-history.sql).
 */
public final class Sentinel {
    private final Site site;

    /** Watches the instances of a site. */
    public Sentinel(Site site) {
        this.site = site;
    }

    /**
     * Adds what the history tells to what was found.
     *
     * @param rows column label to value, oldest backup first; of each database the first is Poolkeeper's own newest
     */
    public Output.Discovered watched(Step step, Output.Discovered found, List<Map<String, Object>> rows) {
        return with(step, found, isForeign(step) ? List.of() : events(rows));
    }

    /** A history that cannot be read is something to know: nobody would see a broken chain. */
    public Output.Discovered blind(Step step, Output.Discovered found, SQLException error) {
        var cannot = new ChainEvent(
                "",
                "the backup history of sql." + step.part().leaf()
                        + " cannot be read, so nobody sees who breaks a chain: " + SqlFaults.text(error)
                        + ". HINT: let the login read backupset and backupmediafamily in msdb");
        return with(step, found, List.of(cannot));
    }

    private boolean isForeign(Step step) {
        return Optional.ofNullable(site.sql().get(step.part().leaf()))
                .map(source -> source.foreignChain())
                .orElse(false);
    }

    private static Output.Discovered with(Step step, Output.Discovered found, List<ChainEvent> events) {
        var instance = found.inventory().sql().get(step.part().leaf());
        return instance == null
                ? found
                : new Output.Discovered(new Inventory(
                        Map.of(instance.key(), instance.with(events)),
                        found.inventory().folders(),
                        found.inventory().directory()));
    }

    private static List<ChainEvent> events(List<Map<String, Object>> rows) {
        var events = new ArrayList<ChainEvent>();
        for (var row : rows) {
            var database = text(row, "database_name");
            if (text(row, "id").equals(text(row, "mine"))) {
                changedModel(row).ifPresent(what -> events.add(new ChainEvent(database, what)));
            } else {
                events.add(new ChainEvent(database, foreign(row)));
            }
        }
        return events;
    }

    private static Optional<String> changedModel(Map<String, Object> row) {
        var then = text(row, "recovery_model");
        var now = text(row, "recovery_model_now");
        return then.isEmpty() || normal(then).equals(normal(now))
                ? Optional.empty()
                : Optional.of("its recovery model was " + then + " at the backup of " + time(row) + " and is " + now
                        + " now");
    }

    /** msdb writes BULK-LOGGED, sys.databases BULK_LOGGED. */
    private static String normal(String model) {
        return model.replace('-', '_');
    }

    private static String foreign(Map<String, Object> row) {
        var made = " outside Poolkeeper" + (text(row, "name").isEmpty() ? "" : ", '" + text(row, "name") + "',")
                + " by " + text(row, "user_name") + " at " + time(row) + " to " + text(row, "device");
        return switch (text(row, "type")) {
            case "D" ->
                (isSnapshot(row) ? "a snapshot (VSS, not copy-only)" : "a full backup") + made
                        + ": differentials count from it now";
            case "L" -> "a log backup" + made + ": that part of the log is in no set";
            default -> "a differential backup" + made;
        };
    }

    private static boolean isSnapshot(Map<String, Object> row) {
        var value = row.get("is_snapshot");
        return Boolean.TRUE.equals(value)
                || "1".equals(value)
                || (value instanceof Number number && number.intValue() != 0);
    }

    private static String time(Map<String, Object> row) {
        return text(row, "finished").replaceFirst("[.]0$", "") + " (server time)";
    }

    private static String text(Map<String, Object> row, String column) {
        var value = row.get(column);
        return value == null ? "" : String.valueOf(value).strip();
    }
}
