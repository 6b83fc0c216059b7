// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import io.poolkeeper.lab.tools.VssFolder.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Windows Server Backup as installed in a lab: wbadmin, vssadmin, diskshadow and cmd's mklink in {@code bin}, what they know in {@code
 * vss}.
 */
public final class WindowsBackupTools implements AutoCloseable {
    private final VssFolder vss;
    private final Path wbadmin;
    private final Path vssadmin;
    private final SqlWriter writer;

    private WindowsBackupTools(VssFolder vss, Path wbadmin, Path vssadmin, SqlWriter writer) {
        this.vss = vss;
        this.wbadmin = wbadmin;
        this.vssadmin = vssadmin;
        this.writer = writer;
    }

    /**
     * Writes the launchers below the lab's folder and starts the writer of SQL Server.
     *
     * @param computer the name of the server
     * @param os its Windows, as site files name it
     * @param instances the SQL Servers on it, asked for at each snapshot
     */
    public static WindowsBackupTools install(Path lab, String computer, String os, Supplier<List<SqlAccess>> instances)
            throws IOException {
        var vss = new VssFolder(lab.resolve("vss"));
        vss.computer(computer, os);
        Files.deleteIfExists(vss.running());
        var bin = lab.resolve("bin");
        Launcher.write(bin.resolve("diskshadow"), DiskShadow.class, vss.path());
        Launcher.write(bin.resolve("mklink"), MkLink.class, vss.path());
        return new WindowsBackupTools(
                vss,
                Launcher.write(bin.resolve("wbadmin"), WbAdmin.class, vss.path()),
                Launcher.write(bin.resolve("vssadmin"), VssAdmin.class, vss.path()),
                SqlWriter.start(vss, instances));
    }

    /** The launcher of wbadmin. */
    public Path wbadmin() {
        return wbadmin;
    }

    /** The launcher of vssadmin. */
    public Path vssadmin() {
        return vssadmin;
    }

    /** The launcher of diskshadow. */
    public Path diskshadow() {
        return vssadmin.resolveSibling("diskshadow");
    }

    /** The launcher of mklink, which on Windows is built into cmd. */
    public Path mklink() {
        return vssadmin.resolveSibling("mklink");
    }

    /** The devices of the shadow copies that there are. */
    public List<String> shadows() throws IOException {
        return Shadow.all(vss).stream().map(Shadow::device).toList();
    }

    /** Adds a volume, e.g. {@code E:}, and says in which folder its content really lies. */
    public Path volume(String letter) throws IOException {
        return Files.createDirectories(vss.volume(letter));
    }

    /**
     * Lets these faults strike and no others.
     *
     * @param faults {@code writer-absent}, {@code writer-failed}, {@code no-version}, {@code no-snapshot}, {@code breaks-off},
     *     {@code hangs}, {@code shadow-fails}, {@code shadow-stays}, {@code german}
     */
    public void strike(String... faults) throws IOException {
        vss.strike(Arrays.stream(faults)
                .map(word -> Fault.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')))
                .toArray(Fault[]::new));
    }

    /** Makes a domain controller of the server: there is a writer of Active Directory. */
    public void promote() throws IOException {
        vss.promote();
    }

    /** Whether a backup runs, for all that Windows knows. */
    public boolean running() {
        return Files.exists(vss.running());
    }

    /** Stops the writer of SQL Server, as stopping the service SQLWriter does. */
    @Override
    public void close() {
        writer.close();
    }
}
