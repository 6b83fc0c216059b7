// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.PermanentFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program, as the site file configures it.
 *
 * @param name as people call it
 * @param key of the site file
 * @param configured the program and its fixed first arguments; empty if it is not configured
 * @param base the folder from which a relative program starts: that of the site file
 */
public record Tool(String name, String key, List<String> configured, Path base) {
    private static final List<String> WINDOWS_ENDINGS = List.of("", ".exe", ".cmd", ".bat", ".com");

    /** LCSCmd, which exports global, pool and machine settings. */
    public static Tool lcscmd(Site site) {
        return new Tool("LCSCmd", "settings.lcscmd", site.settings().lcscmd(), folder(site));
    }

    /** dbimpexp, which exports user data. */
    public static Tool dbimpexp(Site site) {
        return new Tool("dbimpexp", "settings.dbimpexp", site.settings().dbimpexp(), folder(site));
    }

    /** sqlcmd, as it is configured for one instance. */
    public static Tool sqlcmd(Site site, SqlSource source) {
        return new Tool("sqlcmd", "sql." + source.key() + ".sqlcmd", source.sqlcmd(), folder(site));
    }

    /** wbadmin, which takes images. */
    public static Tool wbadmin(Site site) {
        return new Tool("wbadmin", "wbadmin.program", site.wbadmin().program(), folder(site));
    }

    /** vssadmin, which lists who takes part in snapshots. */
    public static Tool vssadmin(Site site) {
        return new Tool("vssadmin", "wbadmin.vssadmin", site.wbadmin().vssadmin(), folder(site));
    }

    /** ntdsutil, which makes media to install a domain controller from. */
    public static Tool ntdsutil(Site site) {
        return new Tool("ntdsutil", "directory.ntdsutil", site.controller().ntdsutil(), folder(site));
    }

    /** samba-tool, which backs up a Samba domain. */
    public static Tool sambaTool(Site site) {
        return new Tool("samba-tool", "directory.sambaTool", site.controller().sambaTool(), folder(site));
    }

    /** The folder from which the site file's relative programs start. */
    public static Path folder(Site site) {
        return Optional.ofNullable(site.file().toAbsolutePath().getParent()).orElse(Path.of(""));
    }

    /**
     * The whole command.
     *
     * @throws PermanentFault if the site file does not configure it
     */
    public List<String> with(List<String> arguments) {
        if (configured.isEmpty()) {
            throw new PermanentFault(
                    name + " is not configured", "name the program in the site file under " + key + ", as a list");
        }
        var command = new ArrayList<String>();
        command.add(program());
        command.addAll(configured.subList(1, configured.size()));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** The program; a relative path starts from the site file, a bare name is looked for by the system. */
    public String program() {
        var given = configured.get(0);
        var relative =
                (given.contains("/") || given.contains("\\")) && !Path.of(given).isAbsolute();
        return relative ? base.resolve(given).normalize().toString() : given;
    }

    /** Whether there is such a program that this account may execute. */
    public boolean startable() {
        return !configured.isEmpty()
                && places().anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    private Stream<Path> places() {
        var program = program();
        if (program.contains("/") || program.contains("\\")) {
            return WINDOWS_ENDINGS.stream().map(ending -> Path.of(program + ending));
        }
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(java.io.File.pathSeparator, -1))
                .flatMap(folder -> WINDOWS_ENDINGS.stream().map(ending -> Path.of(folder, program + ending)));
    }
}
