// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tools as installed in a lab: their launchers in {@code bin}, their stores in {@code ocs}. */
public final class OcsTools {
    private final OcsSite site;
    private final OcsFolder ocs;
    private final Path lcscmd;
    private final Path dbimpexp;

    private OcsTools(OcsSite site, OcsFolder ocs, Path lcscmd, Path dbimpexp) {
        this.site = site;
        this.ocs = ocs;
        this.lcscmd = lcscmd;
        this.dbimpexp = dbimpexp;
    }

    /** Writes launchers and stores below the lab's folder. */
    public static OcsTools install(OcsSite site, Path lab) throws IOException {
        var ocs = new OcsFolder(lab.resolve("ocs"));
        Files.createDirectories(ocs.logs());
        Sections.write(ocs.global(), GlobalSettings.of(site));
        Sections.write(ocs.pool(site.pool().name()), PoolSettings.of(site));
        for (var server : site.servers()) {
            if (server.hasMachineSettings()) {
                Sections.write(ocs.machine(server.fqdn()), MachineSettings.of(site, server));
            }
        }
        Sections.write(ocs.userData(backEnd(site)), UserData.of(site));
        var bin = lab.resolve("bin");
        return new OcsTools(
                site,
                ocs,
                Launcher.write(bin.resolve("LCSCmd"), LcsCmd.class, ocs.path()),
                Launcher.write(bin.resolve("dbimpexp"), DbImpExp.class, ocs.path()));
    }

    private static String backEnd(OcsSite site) {
        return site.edition() == Edition.STANDARD ? "local" : site.pool().backEnd();
    }

    /** The launcher of LCSCmd. */
    public Path lcscmd() {
        return lcscmd;
    }

    /** The launcher of dbimpexp. */
    public Path dbimpexp() {
        return dbimpexp;
    }

    /** The store of a level; the name is that of the pool or the FQDN of the server, and none for global. */
    public Path store(Level level, String name) {
        return switch (level) {
            case GLOBAL -> ocs.global();
            case POOL -> ocs.pool(name);
            case MACHINE -> ocs.machine(name);
        };
    }

    /**
     * Changes one setting, as an administrator would in the console.
     *
     * @param store as {@link #store} gives it
     * @return the value before
     */
    public String changeSetting(Path store, String type, String key, String property, String value) throws IOException {
        var sections = Sections.read(store);
        for (var section : sections) {
            if (section.type().equals(type)
                    && section.key().equals(key)
                    && section.values().containsKey(property)) {
                var before = section.values().put(property, value);
                Sections.write(store, sections);
                return String.valueOf(before);
            }
        }
        throw new IllegalArgumentException("no setting %s of %s|%s in %s".formatted(property, type, key, store));
    }

    /** Makes LCSCmd end with 0 and write nothing, or lets it work again. */
    public void lcscmdSilent(boolean silent) throws IOException {
        if (silent) {
            Files.writeString(ocs.silentSwitch(), "While this file is here, LCSCmd writes nothing.\n");
        } else {
            Files.deleteIfExists(ocs.silentSwitch());
        }
    }

    /** The site whose tools these are. */
    public OcsSite site() {
        return site;
    }
}
