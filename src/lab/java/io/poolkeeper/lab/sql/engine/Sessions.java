// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** Who is logged in, by session number. Safe for use by many threads. */
public final class Sessions {
    /** SQL Server keeps the numbers up to 50 for itself. */
    private static final int FIRST = 51;

    private final Map<Integer, EngineSession> byId = new ConcurrentHashMap<>();

    synchronized EngineSession open(IntFunction<EngineSession> create) {
        var id = FIRST;
        while (byId.containsKey(id)) {
            id++;
        }
        var session = create.apply(id);
        byId.put(id, session);
        return session;
    }

    void closed(EngineSession session) {
        byId.remove(session.id(), session);
    }

    Optional<EngineSession> find(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<EngineSession> all() {
        var all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparingInt(EngineSession::id));
        return all;
    }

    /** Fails with 924 if the database takes one user only and has one. */
    void checkRoom(Database database, EngineSession newcomer) {
        if (database.userAccess() == UserAccess.SINGLE_USER
                && !using(database, newcomer).isEmpty()) {
            throw SqlFailure.of(924, database.name());
        }
    }

    /** The sessions whose current database it is, but for one. */
    public List<EngineSession> using(Database database, EngineSession butFor) {
        return all().stream()
                .filter(session -> session != butFor && session.database().equalsIgnoreCase(database.name()))
                .toList();
    }
}
