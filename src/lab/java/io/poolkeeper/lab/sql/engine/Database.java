// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** One database of an instance: its rows, its state, and what its backups build on. Safe for use by many threads. */
public final class Database {
    /** The size of every log file: 2 MB. */
    static final int LOG_PAGES = 256;

    private static final int EMPTY_PAGES = 288;
    private static final int ROWS_A_PAGE = 40;

    private final String name;
    private final int id;
    private final String collation;
    private final int compatibilityLevel;
    private final LogChain chain = new LogChain();
    private final ChangeLog changes = new ChangeLog(chain);
    private final ReentrantLock backupLock = new ReentrantLock();
    private final Object commitLock = new Object();
    private final UUID guid = UUID.randomUUID();
    private volatile H2Store store;
    private volatile UUID familyGuid = guid;
    private volatile LocalDateTime createDate = ServerTime.now();
    private volatile List<DatabaseFile> files;
    private volatile DatabaseState state = DatabaseState.ONLINE;
    private volatile RecoveryModel recoveryModel;
    private volatile UserAccess userAccess = UserAccess.MULTI_USER;
    private volatile PageVerify pageVerify = PageVerify.CHECKSUM;
    private volatile boolean readOnly;
    private volatile Restoring restoring;

    Database(int id, DatabaseSpec spec, SystemViews views) {
        this.id = id;
        name = spec.name();
        collation = spec.collation();
        compatibilityLevel = spec.compatibilityLevel();
        files = spec.files();
        recoveryModel = spec.recoveryModel();
        store = H2Store.create(views, this);
    }

    public String name() {
        return name;
    }

    public int id() {
        return id;
    }

    /** Tells it from any other database, also of the same name. */
    public UUID guid() {
        return guid;
    }

    /** The same for a database and everything restored from it. */
    public UUID familyGuid() {
        return familyGuid;
    }

    public String collation() {
        return collation;
    }

    public int compatibilityLevel() {
        return compatibilityLevel;
    }

    public LocalDateTime createDate() {
        return createDate;
    }

    public List<DatabaseFile> files() {
        return files;
    }

    public DatabaseState state() {
        return state;
    }

    public void setState(DatabaseState newState) {
        state = newState;
    }

    public RecoveryModel recoveryModel() {
        return recoveryModel;
    }

    /** Switches the model; with SIMPLE the log is no longer kept, and its chain is broken. */
    public void setRecoveryModel(RecoveryModel model) {
        synchronized (commitLock) {
            recoveryModel = model;
            if (model == RecoveryModel.SIMPLE) {
                chain.breakLog();
                changes.deactivate();
            }
        }
    }

    public UserAccess userAccess() {
        return userAccess;
    }

    public void setUserAccess(UserAccess access) {
        userAccess = access;
    }

    public PageVerify pageVerify() {
        return pageVerify;
    }

    public void setPageVerify(PageVerify option) {
        pageVerify = option;
    }

    public boolean readOnly() {
        return readOnly;
    }

    public void setReadOnly(boolean only) {
        readOnly = only;
    }

    /** Held while a commit becomes visible and is logged, and while a backup fixes what it will hold. */
    public Object commitLock() {
        return commitLock;
    }

    /** Held by whoever backs it up or restores it. */
    public ReentrantLock backupLock() {
        return backupLock;
    }

    public LogChain chain() {
        return chain;
    }

    public ChangeLog changes() {
        return changes;
    }

    /** Whether it is one that Setup made. */
    public boolean isSystem() {
        return id <= Databases.SYSTEM;
    }

    /** Where its rows are. */
    public H2Store store() {
        return store;
    }

    /** How far a restore has come; empty when none is under way. */
    public Optional<Restoring> restoring() {
        return Optional.ofNullable(restoring);
    }

    /** Replaces rows and files by restored ones and leaves the database in the middle of the restore. */
    public void restored(H2Store newStore, List<DatabaseFile> newFiles, RecoveryModel model, Restoring progress) {
        var old = store;
        store = newStore;
        files = newFiles;
        recoveryModel = model;
        familyGuid = progress.familyGuid();
        restoring = progress;
        changes.deactivate();
        old.drop();
    }

    /** Notes that a restore has begun: from now on nobody can use it until it is recovered. */
    public void beginRestore() {
        state = DatabaseState.RESTORING;
        restoring = null;
    }

    /** Notes how far the restore has come. */
    public void restoredTo(Restoring progress) {
        restoring = progress;
    }

    /** Ends the restore: the database can be used again, and its log is kept from here on if its model asks for it. */
    public void recover() throws SQLException {
        var progress = restoring;
        if (progress != null) {
            chain.restoredOn(progress.base(), progress.base().lsn());
            chain.recovered(progress.lsn(), recoveryModel != RecoveryModel.SIMPLE);
            keepLog();
        }
        createDate = ServerTime.now();
        restoring = null;
        userAccess = UserAccess.MULTI_USER;
        state = DatabaseState.ONLINE;
    }

    /** Keeps the log from now on, unless the recovery model is SIMPLE. */
    public void keepLog() throws SQLException {
        if (recoveryModel == RecoveryModel.SIMPLE || changes.isActive()) {
            return;
        }
        try (var connection = store.open()) {
            changes.activate();
            ChangeTrigger.attach(connection, this);
        }
    }

    /**
     * The pages of 8 KB that its rows take, roughly.
     *
     * @throws IllegalStateException if H2 fails
     */
    int dataPages() {
        if (state != DatabaseState.ONLINE) {
            return EMPTY_PAGES;
        }
        var read = store;
        try (var connection = read.open()) {
            var rows = 0L;
            for (var table : UserTables.baseTables(connection)) {
                rows += UserTables.count(connection, table);
            }
            return EMPTY_PAGES + (int) pagesFor(rows);
        } catch (SQLException e) {
            if (read.isDropped()) {
                return EMPTY_PAGES; // restored over, or dropped, while it was read
            }
            throw new IllegalStateException("cannot count the rows of " + name + ": " + e.getMessage(), e);
        }
    }

    static long pagesFor(long rows) {
        return (rows + ROWS_A_PAGE - 1) / ROWS_A_PAGE;
    }

    void drop() {
        ChangeTrigger.forget(this);
        store.drop();
    }
}
