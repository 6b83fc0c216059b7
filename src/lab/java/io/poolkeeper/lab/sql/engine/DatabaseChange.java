// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.util.Set;

/** Applies one setting of ALTER DATABASE SET. */
final class DatabaseChange {
    private static final Set<String> ACCEPTED = Set.of(
            "AUTO_CLOSE OFF",
            "AUTO_SHRINK OFF",
            "ANSI_NULLS ON",
            "ANSI_NULLS OFF",
            "QUOTED_IDENTIFIER ON",
            "QUOTED_IDENTIFIER OFF",
            "AUTO_CREATE_STATISTICS ON",
            "AUTO_UPDATE_STATISTICS ON");

    private final Database database;
    private final Instance instance;
    private final EngineSession session;

    DatabaseChange(Database database, Instance instance, EngineSession session) {
        this.database = database;
        this.instance = instance;
        this.session = session;
    }

    /** Applies a setting in upper case; with termination, other sessions are thrown out for it. */
    void apply(String setting, boolean terminate) {
        switch (setting) {
            case "OFFLINE" -> offline(terminate);
            case "ONLINE" -> online();
            case "SINGLE_USER" -> access(UserAccess.SINGLE_USER, terminate);
            case "RESTRICTED_USER" -> access(UserAccess.RESTRICTED_USER, terminate);
            case "MULTI_USER" -> database.setUserAccess(UserAccess.MULTI_USER);
            case "READ_ONLY" -> database.setReadOnly(true);
            case "READ_WRITE" -> database.setReadOnly(false);
            case "PAGE_VERIFY CHECKSUM" -> database.setPageVerify(PageVerify.CHECKSUM);
            case "PAGE_VERIFY TORN_PAGE_DETECTION" -> database.setPageVerify(PageVerify.TORN_PAGE_DETECTION);
            case "PAGE_VERIFY NONE" -> database.setPageVerify(PageVerify.NONE);
            case "RECOVERY SIMPLE" -> database.setRecoveryModel(RecoveryModel.SIMPLE);
            case "RECOVERY FULL" -> database.setRecoveryModel(RecoveryModel.FULL);
            case "RECOVERY BULK_LOGGED" -> database.setRecoveryModel(RecoveryModel.BULK_LOGGED);
            default -> {
                if (!ACCEPTED.contains(setting)) {
                    throw SqlFailure.of(Messages.unsupported("ALTER DATABASE SET " + setting));
                }
            }
        }
    }

    private void offline(boolean terminate) {
        if (database.isSystem()) {
            throw SqlFailure.of(5058, "OFFLINE", database.name());
        }
        alone(terminate);
        if (session.database().equalsIgnoreCase(database.name())) {
            session.use("master");
        }
        database.setState(DatabaseState.OFFLINE);
    }

    private void online() {
        if (database.state() == DatabaseState.RESTORING) {
            throw SqlFailure.of(927, database.name());
        }
        database.setState(DatabaseState.ONLINE);
    }

    private void access(UserAccess access, boolean terminate) {
        if (database.isSystem()) {
            throw SqlFailure.of(5058, access.name(), database.name());
        }
        alone(terminate);
        database.setUserAccess(access);
    }

    /** SQL Server would wait for the others without end; the lab gives up at once, as WITH NO_WAIT does. */
    private void alone(boolean terminate) {
        var others = instance.sessions().using(database, session);
        if (!others.isEmpty() && !terminate) {
            throw SqlFailure.of(5061, database.name());
        }
        others.forEach(EngineSession::kill);
        if (!others.stream().allMatch(EngineSession::awaitEnd)) {
            throw SqlFailure.of(5061, database.name());
        }
    }
}
