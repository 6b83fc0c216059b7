// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What shall go wrong on an instance. Safe for use by many threads. */
public final class Faults {
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    void add(Fault fault) {
        faults.add(fault);
    }

    void clear() {
        faults.clear();
    }

    /** The first fault of that kind that strikes there. */
    public <F extends Fault> Optional<F> find(Class<F> kind, Predicate<F> strikes) {
        return faults.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(strikes)
                .findFirst();
    }

    /** Whether the login lacks a right in a database, or on the server where the name is empty. */
    public boolean denies(String right, String database) {
        return find(Fault.Denied.class, fault -> fault.strikes(right, database)).isPresent();
    }

    /** The first fault of that kind that strikes backups of the database. */
    public <F extends Fault.OfBackup> Optional<F> ofBackup(Class<F> kind, String database) {
        return find(kind, fault -> fault.database().equalsIgnoreCase(database));
    }
}
