// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.site.Observation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The media that hold a backup of another product, as an instance reads them. */
final class ObservedMedia {
    private static final int CANNOT_OPEN = 3201;
    private static final Pattern NUMBER = Pattern.compile("\\b(\\d+)");

    /** datetime is exact to 3 ms, and a header rounds to whole seconds. */
    private static final Duration ROUNDED = Duration.ofSeconds(2);

    private final Statements statements;
    private final List<String> devices;

    ObservedMedia(Statements statements, List<String> devices) {
        this.statements = statements;
        this.devices = devices;
    }

    /** Where the devices of a recorded backup are, if the site file says that they lie elsewhere than msdb knows. */
    static List<String> places(JsonNode link, Observation observation) {
        var places = new ArrayList<String>();
        link.path("devices").forEach(device -> places.add(place(device.asText(), observation)));
        return places;
    }

    private static String place(String device, Observation observation) {
        var file = device.substring(Math.max(device.lastIndexOf('\\'), device.lastIndexOf('/')) + 1);
        return observation
                .folder()
                .map(folder -> folder + (folder.contains("\\") ? "\\" : "/") + file)
                .orElse(device);
    }

    /** The clause that names all devices. */
    String from() {
        return " FROM "
                + String.join(
                        ", ",
                        devices.stream()
                                .map(device -> "DISK = " + Quoted.text(device))
                                .toList());
    }

    /**
     * What a set of the media says about itself.
     *
     * @param type BackupType of RESTORE HEADERONLY
     */
    record Header(
            int position,
            int type,
            String database,
            java.time.LocalDateTime finished,
            boolean damaged,
            boolean checksums) {
        /** Whether it is the backup that msdb told of. */
        boolean is(JsonNode link, String name) {
            var wanted = java.time.LocalDateTime.parse(link.path("finished").asText());
            return database.equalsIgnoreCase(name)
                    && type == type(link)
                    && Duration.between(wanted, finished).abs().compareTo(ROUNDED) <= 0;
        }

        private static int type(JsonNode link) {
            return switch (link.path("type").asText()) {
                case "I" -> 5;
                case "L" -> 2;
                default -> 1;
            };
        }
    }

    List<Header> headers() throws SQLException {
        var headers = new ArrayList<Header>();
        for (var row : statements.ask("RESTORE HEADERONLY" + from())) {
            headers.add(new Header(
                    (int) row.number("Position"),
                    (int) row.number("BackupType"),
                    row.text("DatabaseName"),
                    row.time("BackupFinishDate"),
                    row.flag("IsDamaged"),
                    row.flag("HasBackupChecksums")));
        }
        return headers;
    }

    /** Reads one set to its end. */
    void verify(int position, boolean checksums) throws SQLException {
        statements
                .run("RESTORE VERIFYONLY" + from() + " WITH FILE = " + position + (checksums ? ", CHECKSUM" : "")
                        + ", STATS = 10")
                .orThrow();
    }

    /** The header at the position that msdb told. */
    static Optional<Header> at(int position, List<Header> headers) {
        return headers.stream().filter(header -> header.position() == position).findFirst();
    }

    /** Whether the server says that a device is not there (2 file, 3 path), and not that it may not or cannot read it. */
    boolean gone(SQLException error) {
        return SqlFaults.chain(error).stream()
                .filter(message -> message.number() == CANNOT_OPEN)
                .map(message -> systemError(message.text()))
                .anyMatch(number -> number == 2 || number == 3);
    }

    /** The number is an argument of the message, so it stands in every translation; the device's name goes before it. */
    private int systemError(String text) {
        var rest = text;
        for (var device : devices) {
            rest = rest.replace(device, "");
        }
        var number = NUMBER.matcher(rest);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }
}
