// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

/** The kinds of backup sets. */
public enum SetType {
    FULL(1, "D", "Database", "BACKUP DATABASE"),
    LOG(2, "L", "Transaction Log", "BACKUP LOG"),
    DIFFERENTIAL(5, "I", "Database Differential", "BACKUP DATABASE WITH DIFFERENTIAL");

    private final int code;
    private final String letter;
    private final String description;
    private final String command;

    SetType(int code, String letter, String description, String command) {
        this.code = code;
        this.letter = letter;
        this.description = description;
        this.command = command;
    }

    /** {@code BackupType} of RESTORE HEADERONLY. */
    public int code() {
        return code;
    }

    /** {@code type} of msdb.dbo.backupset. */
    public String letter() {
        return letter;
    }

    /** {@code BackupTypeDescription} of RESTORE HEADERONLY. */
    public String description() {
        return description;
    }

    /** What message 3014 calls it. */
    public String command() {
        return command;
    }
}
