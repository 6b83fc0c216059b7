// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.AcceptedRisk;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.Step;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where a database is restored to.
 *
 * @param name the database's name there
 */
record Destination(SqlSource instance, String name, Place place) {
    /** The longest name of a database (sysname). */
    private static final int LONGEST = 128;

    /**
     * Where a step restores to.
     *
     * @throws PermanentFault if the site file names no such instance, or one that must not be used
     */
    static Destination of(Site site, Step step) {
        return step.place() == Place.BESIDE
                ? new Destination(instanceForDrills(site, step.part()), sandbox(step), Place.BESIDE)
                : inPlace(site, step.part(), step.place());
    }

    /** Under its own name on the instance that it came from. */
    static Destination inPlace(Site site, PartId part, Place place) {
        if (part.leaf().equalsIgnoreCase("master")) {
            throw new PermanentFault(
                    "master is restored while SQL Server runs in single-user mode, by hand",
                    "follow RESTORE.txt in the set's folder");
        }
        return new Destination(CaptureDatabase.source(site, part), part.leaf(), place);
    }

    private static SqlSource instanceForDrills(Site site, PartId part) {
        var source = CaptureDatabase.source(site, part);
        var key = source.drill()
                .orElseThrow(() -> new PermanentFault(
                        "there is no instance to restore " + part + " on",
                        "name one under sql." + source.key() + ".drill"));
        var target = site.sql().get(key);
        if (target == null || (target.url().equals(source.url()) && !site.accepts(AcceptedRisk.Risk.DRILL_ON_SOURCE))) {
            throw new PermanentFault(
                    "sql." + key + " is the instance that " + part + " came from", "a drill needs another instance");
        }
        return target;
    }

    /** Names run, step and attempt, so that two drills and two instances' masters never meet. */
    private static String sandbox(Step step) {
        var name = step.part().leaf() + "_" + (step.run() + step.attemptName()).replaceAll("[^A-Za-z0-9]", "");
        return name.length() <= LONGEST ? name : name.substring(name.length() - LONGEST);
    }

    /** Whether it is a name that nothing else has, to be dropped when it has served. */
    boolean isSandbox() {
        return place == Place.BESIDE;
    }

    /** For a report. */
    String where() {
        return "sql:" + instance.key() + "/" + name;
    }

    /** Drops what was restored. */
    void drop(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("IF DB_ID(" + Quoted.text(name) + ") IS NOT NULL DROP DATABASE " + Quoted.name(name));
        }
    }
}
