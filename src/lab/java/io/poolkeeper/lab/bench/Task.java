// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

/** What is measured, in the order of a round. */
enum Task {
    START("start alone", "a share of one file"),
    FULL("full backup", "Poolkeeper verifies every file's content in it; its peers do not"),
    AGAIN("nothing changed", "a second backup"),
    RUNNING(
            "nothing changed, coordinator running",
            "the coordinator's second run; the peers have none: their second backup stands beside it"),
    RESTORE("restore", "of everything, into an empty folder");

    private final String title;
    private final String remark;

    Task(String title, String remark) {
        this.title = title;
        this.remark = remark;
    }

    String title() {
        return title;
    }

    String remark() {
        return remark;
    }
}
