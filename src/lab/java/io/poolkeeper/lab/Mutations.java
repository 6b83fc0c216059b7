// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import io.poolkeeper.lab.model.Person;
import io.poolkeeper.lab.model.Server;
import io.poolkeeper.lab.model.ShareRole;
import io.poolkeeper.lab.tools.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Changes single things, each in one place alone: what the databases, the directory and the settings have in common is left as it is,
 * so that a comparison finds exactly what was changed here.
 */
public final class Mutations {
    private final Lab lab;

    Mutations(Lab lab) {
        this.lab = lab;
    }

    /** One row, one file, one attribute and one setting. */
    public List<Change> all() throws IOException, SQLException {
        return List.of(changeRow(), changeFile(), changeAttribute(), changeSetting());
    }

    /** Changes one presence note in rtc; the export of user data does not show it. */
    public Change changeRow() throws SQLException {
        var key = lab.site().instances().get(0).key();
        var after = "<note><body>changed after the backup</body></note>";
        try (var connection = lab.sql().openForSeeding(key, "rtc");
                var select = connection.prepareStatement(
                        "SELECT Data FROM dbo.PublishedStaticInstance WHERE InstanceId = 1");
                var update = connection.prepareStatement(
                        "UPDATE dbo.PublishedStaticInstance SET Data = ? WHERE InstanceId = 1")) {
            String before;
            try (var row = select.executeQuery()) {
                row.next();
                before = row.getString(1);
            }
            update.setString(1, after);
            update.executeUpdate();
            return new Change(
                    "database:" + key + "/rtc", "dbo.PublishedStaticInstance[InstanceId=1].Data", before, after);
        }
    }

    /** Changes one byte in the middle of one file of the meeting content. */
    public Change changeFile() throws IOException {
        var folder = lab.shareFolders(ShareRole.MEETING_CONTENT).get(0);
        var file = firstMediaFile(folder);
        var bytes = Files.readAllBytes(file);
        var middle = bytes.length / 2;
        var before = bytes[middle];
        bytes[middle] ^= 0x20;
        Files.write(file, bytes);
        return new Change(
                "share:" + ShareRole.MEETING_CONTENT.key(),
                folder.relativize(file).toString(),
                "byte %d is 0x%02x".formatted(middle, before),
                "byte %d is 0x%02x".formatted(middle, bytes[middle]));
    }

    private static Path firstMediaFile(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ShareRole.MEETING_CONTENT.mediaSuffix()))
                    .min(Path::compareTo)
                    .orElseThrow(() -> new IOException("no media file below " + folder));
        }
    }

    /** Changes the telephone line of one person in the directory. */
    public Change changeAttribute() {
        var person =
                lab.site().people().stream().filter(Person::voice).findFirst().orElseThrow();
        var dn = lab.directory().dn(person);
        var after = "tel:+31205550000;ext=0000";
        var before = lab.directory().change(dn, "msRTCSIP-Line", after);
        return new Change("directory:" + lab.site().domain().dns(), dn + " msRTCSIP-Line", before, after);
    }

    /** Changes one setting of one server, which no other place holds a copy of. */
    public Change changeSetting() throws IOException {
        var fqdn = lab.site().servers().stream()
                .filter(Server::hasMachineSettings)
                .findFirst()
                .orElseThrow()
                .fqdn();
        var after = "7500";
        var store = lab.tools().store(Level.MACHINE, fqdn);
        var before = lab.tools().changeSetting(store, "MSFT_SIPRoutingSetting", "", "ConnectionLimit", after);
        return new Change("settings:machine/" + fqdn, "MSFT_SIPRoutingSetting ConnectionLimit", before, after);
    }
}
