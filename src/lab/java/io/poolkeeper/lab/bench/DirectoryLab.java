// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import io.poolkeeper.lab.directory.LabDirectory;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lab's directory with as many people as wanted, running in this process. */
final class DirectoryLab implements AutoCloseable {
    private static final String PASSWORD = "made-up entries";
    private static final long SEED = 2007;
    private static final int LARGEST_PAGE = 1000;
    /** ldapsearch does not ask for the rest of a group of which it got the first 1,500 members. */
    private static final int ALL_VALUES = 1_000_000;

    private final LabDirectory directory;
    private final DirectoryServer server;

    /**
     * Fills it and starts it.
     *
     * @param people at least 10
     * @param folder gets its certificate and its password
     */
    DirectoryLab(int people, Path folder) throws IOException {
        this.directory = LabDirectory.start(site(people), PASSWORD, ALL_VALUES);
        this.server = new DirectoryServer(
                "ldaps://127.0.0.1:" + directory.port(),
                directory.bindDn(),
                password(folder.resolve("password")),
                Files.writeString(folder.resolve("trust.pem"), directory.certificate()));
    }

    /** ldapsearch complains of a file that others may read. */
    private static Path password(Path file) throws IOException {
        Files.writeString(file, PASSWORD);
        var mine = file.toFile();
        if (!mine.setReadable(false, false) || !mine.setReadable(true, true)) {
            throw new IOException(file + " cannot be made private. HINT: name a folder on another file system");
        }
        return file;
    }

    /** People by number, all else as in the demonstration: thousands of workstations would only be in the way. */
    private static OcsSite site(int people) {
        var one = OcsSite.of(SEED, Edition.STANDARD, new Scale(people / (double) Scale.ONE.users()));
        return new OcsSite(
                one.seeded(),
                one.edition(),
                Scale.ONE,
                one.domain(),
                one.topology(),
                one.people(),
                one.contactLists(),
                one.conferences(),
                one.profiles(),
                one.policies(),
                one.routes());
    }

    DirectoryServer server() {
        return server;
    }

    /**
     * What is known of the pages, in words.
     *
     * @throws IOException if somebody asked for more than 1,000 entries at a time
     */
    String paging() throws IOException {
        if (directory.largestPage() > LARGEST_PAGE) {
            throw new IOException("somebody asked for more than 1,000 entries at a time");
        }
        return "at most %,d entries were asked for at a time".formatted(directory.largestPage());
    }

    @Override
    public void close() {
        directory.close();
    }
}
