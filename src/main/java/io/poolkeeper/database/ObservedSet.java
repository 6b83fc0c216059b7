// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.step.PermanentFault;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One backup of a database that msdb knows, whoever made it.
 *
 * @param position which set of its media it is, from 1
 * @param finished by the server's clock, in the server's zone of that day
 * @param age how long ago that was when the server was asked, by the server's own clock
 * @param devices where it lies as the server sees it; several if it is striped
 * @param deviceType 2 disk, 5 tape, 7 virtual, 9 URL; 100 more for a named device
 * @param checksums whether it was made with them
 */
record ObservedSet(
        BackupFacts facts,
        int position,
        LocalDateTime finished,
        Duration age,
        List<String> devices,
        int deviceType,
        boolean snapshot,
        boolean damaged,
        boolean copyOnly,
        boolean checksums,
        @Nullable String name,
        String user) {
    private static final int UNKNOWN_ZONE = 127;
    private static final Duration QUARTER = Duration.ofMinutes(15);

    /** Devices that RESTORE reads as a file. */
    boolean onDisk() {
        return deviceType % 100 == 2 && !snapshot;
    }

    /** Ours are not another product's. */
    boolean ours() {
        return name != null && name.startsWith("poolkeeper 2");
    }

    /** Who made what, for a person. */
    String who() {
        return (name == null || name.isBlank() ? "a backup without name" : "'" + name + "'") + " by " + user;
    }

    /** Who made what, when and where to, for a person. */
    String told() {
        return who() + " at " + finished + " (server time) to " + String.join(", ", devices);
    }

    /**
     * The backups of one database in the rows of routes/worker/observe-database.sql; one row per device.
     *
     * @throws PermanentFault if a row is not what that question is answered with
     */
    static List<ObservedSet> of(String database, List<Map<String, Object>> rows) {
        try {
            return understood(database, rows);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new PermanentFault(
                    "msdb has a backup of " + database + " that is not understood: " + e.getMessage(),
                    "run routes/worker/observe-database.sql by hand and report its rows",
                    e);
        }
    }

    private static List<ObservedSet> understood(String database, List<Map<String, Object>> rows) {
        var devices = new LinkedHashMap<String, List<String>>();
        var first = new LinkedHashMap<String, Map<String, Object>>();
        for (var row : rows) {
            if (text(row, "database_name").equalsIgnoreCase(database)) {
                devices.computeIfAbsent(text(row, "id"), id -> new ArrayList<>())
                        .add(text(row, "device"));
                first.putIfAbsent(text(row, "id"), row);
            }
        }
        var sets = new ArrayList<ObservedSet>();
        first.forEach((id, row) -> sets.add(read(row, List.copyOf(devices.getOrDefault(id, List.of())))));
        return sets.stream().filter(set -> !set.ours()).toList();
    }

    private static ObservedSet read(Map<String, Object> row, List<String> devices) {
        var history = JsonNodeFactory.instance.objectNode();
        for (var column : BackupHistory.TEXTS) {
            history.put(column, text(row, column));
        }
        var finished = local(row.get("finished"));
        return new ObservedSet(
                BackupFacts.read(history),
                number(row, "position"),
                finished,
                Duration.between(finished.minus(fromUtc(row)), local(row.get("utc_now"))),
                devices,
                number(row, "device_type"),
                flag(row, "is_snapshot"),
                flag(row, "is_damaged"),
                flag(row, "is_copy_only"),
                flag(row, "has_backup_checksums"),
                row.get("name") == null ? null : text(row, "name"),
                text(row, "user_name"));
    }

    /** How far the server's zone was ahead of UTC: as the backup recorded it, else as it is now. */
    private static Duration fromUtc(Map<String, Object> row) {
        if (row.get("time_zone") != null && number(row, "time_zone") != UNKNOWN_ZONE) {
            return QUARTER.multipliedBy(number(row, "time_zone"));
        }
        var now = Duration.between(local(row.get("utc_now")), local(row.get("server_now")));
        return QUARTER.multipliedBy(Math.round(now.toSeconds() / (double) QUARTER.toSeconds()));
    }

    private static LocalDateTime local(@Nullable Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (value instanceof LocalDateTime local) {
            return local;
        }
        if (value instanceof String text) {
            return LocalDateTime.parse(text.replace(' ', 'T'));
        }
        throw new IllegalArgumentException("not a date of SQL Server: " + value);
    }

    private static String text(Map<String, Object> row, String column) {
        return String.valueOf(row.getOrDefault(column, "")).strip();
    }

    private static int number(Map<String, Object> row, String column) {
        var value = row.get(column);
        if (value instanceof String text) {
            return Integer.parseInt(text);
        }
        return value instanceof Number number ? number.intValue() : 0;
    }

    private static boolean flag(Map<String, Object> row, String column) {
        var value = row.get(column);
        return value instanceof Boolean set ? set : number(row, column) != 0;
    }

    /** As a manifest records it. */
    ObjectNode recorded() {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("uuid", facts.uuid())
                .put("type", facts.type())
                .put("position", position)
                .put("finished", finished.toString())
                .put("who", who())
                .put("device_type", deviceType)
                .put("on_disk", onDisk())
                .put("checksums", checksums)
                .put("copy_only", copyOnly);
        var list = node.putArray("devices");
        devices.forEach(list::add);
        return node;
    }
}
