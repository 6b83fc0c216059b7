// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.lab.Lab;
import io.poolkeeper.lab.SqlInstances;
import io.poolkeeper.lab.compare.Difference;
import io.poolkeeper.lab.compare.DirectoryComparison;
import io.poolkeeper.lab.compare.DirectoryScope;
import io.poolkeeper.lab.compare.RowComparison;
import io.poolkeeper.lab.compare.TreeComparison;
import io.poolkeeper.lab.compare.XmlComparison;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.Share;
import io.poolkeeper.lab.site.Description;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds what the product restored against the live source, part by part, by readers that the product does not have: rows
 * selected from both databases, files walked and hashed, entries searched, XML compared element by element.
 */
final class LiveSources {
    private final Lab lab;
    private final Path scratch;

    /**
     * The sources of a lab.
     *
     * @param scratch an empty folder for exports of the live settings
     */
    LiveSources(Lab lab, Path scratch) {
        this.lab = lab;
        this.scratch = scratch;
    }

    /**
     * The differences between what is live now and what was restored.
     *
     * @param part the part's id
     * @param where what the product said about where it restored it to
     */
    List<Difference> compare(String part, String where) throws IOException, InterruptedException {
        var name = part.substring(part.indexOf(':') + 1);
        try {
            return switch (part.substring(0, part.indexOf(':'))) {
                case "database" -> database(part, name, where);
                case "share" -> TreeComparison.compare(part, folder(name), Path.of(where));
                case "directory" -> directory(part, Path.of(where));
                default -> settings(part, name, Path.of(where));
            };
        } catch (SQLException | LDAPException e) {
            throw new IOException("cannot compare " + part + ": " + e.getMessage(), e);
        }
    }

    /** {@code where} is {@code sql:<key>/<database>}. */
    private List<Difference> database(String part, String name, String where) throws SQLException {
        var restored = where.substring("sql:".length());
        try (var live = connect(name);
                var sandbox = connect(restored)) {
            return RowComparison.compare(part, live, sandbox).stream()
                    .filter(difference -> !isOwnHistory(name, difference))
                    .toList();
        }
    }

    /** What the backups themselves wrote into msdb after its own backup had begun: newer rows of the history tables. */
    private static boolean isOwnHistory(String name, Difference difference) {
        return name.endsWith("/msdb")
                && difference.place().startsWith("dbo.backup")
                && difference.restored().equals(Difference.ABSENT);
    }

    private Connection connect(String keyAndDatabase) throws SQLException {
        var slash = keyAndDatabase.indexOf('/');
        var key = keyAndDatabase.substring(0, slash);
        return DriverManager.getConnection(
                lab.sqlUrl(key, keyAndDatabase.substring(slash + 1)),
                SqlInstances.LOGIN,
                lab.secrets().get(Description.sql(key)));
    }

    /** The folder behind a share's key; the two folders of update files are told apart by their label. */
    private Path folder(String key) throws IOException {
        for (var share : lab.site().shares()) {
            for (var folder : share.folders()) {
                if (key.equals(keyOf(share, folder))) {
                    return lab.folder().path().resolve(folder);
                }
            }
        }
        throw new IOException("the lab has no share " + key);
    }

    private static String keyOf(Share share, Path folder) {
        if (share.folders().size() == 1) {
            return share.key();
        }
        return share.key()
                + (folder.getFileName().toString().toLowerCase(Locale.ROOT).startsWith("device")
                        ? "-devices"
                        : "-client");
    }

    /** The product leaves one LDIF file per partition. */
    private List<Difference> directory(String part, Path folder) throws IOException, LDAPException {
        var whole = Files.createTempFile(scratch, "directory", ".ldif");
        try (var files = Files.walk(folder)) {
            Files.writeString(whole, "version: 1\n\n");
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var text = Files.readString(file).replaceFirst("(?s)^version: 1\\R+", "");
                Files.writeString(whole, text.stripTrailing() + "\n\n", java.nio.file.StandardOpenOption.APPEND);
            }
        }
        try (var live = lab.connectToDirectory()) {
            return DirectoryComparison.compare(
                    part, live, DirectoryScope.ofOcs(lab.site().domain().dn()), whole);
        }
    }

    /** The tools export the live settings again. */
    private List<Difference> settings(String part, String name, Path where) throws IOException, InterruptedException {
        var owner = name.substring(name.indexOf('/') + 1);
        var live = Files.createTempDirectory(scratch, "settings").resolve("live.xml");
        export(name.substring(0, name.indexOf('/')), owner, live);
        return XmlComparison.compare(part, live, onlyFile(where));
    }

    private void export(String what, String owner, Path file) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (what.equals("userdata")) {
            command.addAll(List.of(lab.tools().dbimpexp().toString(), "/hrxmlfile:" + file, "/restype:user"));
            if (lab.site().pool().edition() == Edition.ENTERPRISE) {
                command.add("/sqlserver:" + lab.site().pool().backEnd());
            }
        } else {
            command.addAll(List.of(lab.tools().lcscmd().toString(), "/config", "/action:export"));
            command.add(what.equals("machine") ? "/level:machine" : "/level:global,pool");
            command.add("/configfile:" + file);
            command.add(what.equals("machine") ? "/fqdn:" + owner : "/poolname:" + owner);
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || !Files.exists(file)) {
            throw new IOException("exporting the live settings failed: " + said);
        }
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var found = files.filter(Files::isRegularFile).toList();
            if (found.size() != 1) {
                throw new IOException("one file was expected in " + folder + ", there are " + found.size());
            }
            return found.get(0);
        }
    }
}
