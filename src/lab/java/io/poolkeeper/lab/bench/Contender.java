// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that backs up and restores a tree. */
interface Contender {
    /** What it is called in the report. */
    String title();

    /** Its version and options, or nothing if it is not on this machine. */
    Optional<String> version() throws IOException, InterruptedException;

    /**
     * Makes ready for a round: an empty repository.
     *
     * @param folder its own, empty
     * @param tree what is to be backed up
     */
    void prepare(Path folder, Path tree) throws IOException, InterruptedException;

    /** What has to run while a task is measured, such as a coordinator; closed after it. */
    default Beside beside(Task task, Path folder) throws IOException, InterruptedException {
        return Beside.NONE;
    }

    /**
     * The command of a task, or nothing if it knows no such task.
     *
     * @param folder its own
     * @param target where to restore to; not there yet
     */
    Optional<List<String>> command(Task task, Path folder, Path tree, Path target);

    /** Where its command is run; made first. */
    default Path workingFolder(Task task, Path folder, Path target) {
        return folder;
    }

    /** Variables of its commands. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** Where the tree lies below a restored folder. */
    Path restored(Path target, Path tree);
}
