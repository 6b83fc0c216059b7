// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The databases of an instance, by name in any case. Safe for use by many threads. */
public final class Databases {
    /** The highest number of a database that Setup makes. */
    static final int SYSTEM = 4;

    private final Map<String, Database> byName = new ConcurrentHashMap<>();
    private final SystemViews views;

    Databases(SystemViews views) {
        this.views = views;
    }

    /** All of them, by number. */
    public List<Database> all() {
        var all = new ArrayList<>(byName.values());
        all.sort(Comparator.comparingInt(Database::id));
        return all;
    }

    /** The database of that name. */
    public Optional<Database> find(String name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    /** The database of that name, or failure 911. */
    public Database get(String name) {
        return find(name).orElseThrow(() -> SqlFailure.of(911, name));
    }

    /** The database of that name if it can be used now, or the failure that says why not: 911, 942, 927, 926, 945. */
    public Database online(String name) {
        var database = get(name);
        switch (database.state()) {
            case ONLINE -> {
                return database;
            }
            case OFFLINE -> throw SqlFailure.of(942, database.name());
            case RESTORING -> throw SqlFailure.of(927, database.name());
            case RECOVERING -> throw SqlFailure.of(922, database.name());
            case SUSPECT -> throw SqlFailure.of(926, database.name());
            default -> throw SqlFailure.of(945, database.name());
        }
    }

    /** Makes a database, or fails with 1801 if the name is taken. */
    public synchronized Database create(DatabaseSpec spec) {
        if (find(spec.name()).isPresent()) {
            throw SqlFailure.of(1801, spec.name());
        }
        var database = new Database(freeId(), spec, views);
        byName.put(key(spec.name()), database);
        return database;
    }

    /** Forgets a database and its rows. */
    public synchronized void drop(Database database) {
        byName.remove(key(database.name()));
        database.drop();
    }

    void dropAll() {
        all().forEach(this::drop);
    }

    /** The views that every new store of a database needs. */
    public SystemViews views() {
        return views;
    }

    private int freeId() {
        var used = byName.values().stream().map(Database::id).toList();
        var id = 1;
        while (used.contains(id)) {
            id++;
        }
        return id;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
