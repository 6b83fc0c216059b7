// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which a host without Java finds its jobs and leaves what it did:
 *
 * <pre>
 * in/ID.job      waits            out/ID.files/  what the job left, whole
 * in/ID.claimed  is worked at     out/ID.done    the answer, written last
 *                                out/alive.txt  the host's sign of life
 * </pre>
 *
 * <p>Whatever the host wrote is foreign: names are checked, sizes must be those that were told, links are not followed.
 *
 * @param base {@code workers.NAME.handOff}
 */
public record HandOffFolder(Path base) {
    /** What the commands of a job printed. */
    private static final String OUTPUT = "output.txt";

    private static final int BUFFER = 1 << 16;

    /** Where answers go that were taken, that came too late, and that could not be dealt with. */
    private static final List<String> DEALT_WITH = List.of("taken", "late", "unreadable");

    private static final Logger LOG = LoggerFactory.getLogger(HandOffFolder.class);

    /** What the files of a step's attempt are called. */
    public static String id(Step step, int attempt) {
        return step.run() + "." + step.attemptName(attempt);
    }

    /** Where jobs wait. */
    public Path in() {
        return base.resolve("in");
    }

    /** Where answers come. */
    public Path out() {
        return base.resolve("out");
    }

    /** The host's sign of life. */
    public Path alive() {
        return out().resolve("alive.txt");
    }

    /**
     * Makes what is missing in it.
     *
     * @throws TransientFault if it is not there: a share that is away must not become a folder of this machine
     */
    public void prepare() {
        if (!Files.isDirectory(base)) {
            throw new TransientFault(
                    "the job folder " + base + " cannot be reached from here",
                    "check the file server and the network, and that this account may use the share");
        }
        try {
            Files.createDirectories(in());
            Files.createDirectories(out());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private PermanentFault unwritable(IOException e) {
        return new PermanentFault(
                "the job folder " + base + " cannot be written: " + e.getClass().getSimpleName() + " " + e.getMessage(),
                "give the account that runs Poolkeeper, and that of the host's task, the right to change files there",
                e);
    }

    /**
     * Takes a job back that no host has claimed.
     *
     * @return whether it still waited
     */
    public boolean withdraw(String id) {
        try {
            return Files.deleteIfExists(in().resolve(id + ".job"));
        } catch (IOException e) {
            return false; // the host skips it when its time is over
        }
    }

    /**
     * Deletes answers that were dealt with long ago; what cannot be deleted stays.
     *
     * @param before when they were written, by the file server's clock
     */
    public void forgetAnswers(Instant before) {
        for (var folder : DEALT_WITH) {
            try (var files = Files.newDirectoryStream(out().resolve(folder), "*.done")) {
                for (var file : files) {
                    var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    if (attributes.lastModifiedTime().toInstant().isBefore(before)) {
                        Files.delete(file);
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                LOG.debug("old answers stay in {}: {}", out().resolve(folder), e.toString());
            }
        }
    }

    /** Whether a host has begun a job and not yet answered. */
    public boolean claimed(String id) {
        return Files.exists(in().resolve(id + ".claimed"), LinkOption.NOFOLLOW_LINKS);
    }

    /** Where a job leaves its files; an answered one is removed with all in it. */
    public Path files(String id) {
        return out().resolve(id + ".files");
    }

    /**
     * Copies what a job left.
     *
     * @param into must be there
     * @throws StepFault if a file is not there, or is not what the answer says
     */
    public ToolRun.Ended collect(String id, HostAnswer answer, Path into, Work work) {
        var from = files(id);
        try {
            if (!answer.files().isEmpty() && !Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
                throw wrong(id, "but there is no folder " + from);
            }
            for (var file : answer.files().entrySet()) {
                copy(id, from.resolve(file.getKey()), file, into, work);
            }
            var output = into.resolve(OUTPUT);
            var tail = new Tail();
            if (Files.exists(output)) {
                try (var in = Files.newInputStream(output)) {
                    tail.drain(in);
                }
                Files.delete(output);
            }
            return new ToolRun.Ended(answer.exit(), tail.text(), tail.lastWords());
        } catch (IOException e) {
            throw new TransientFault(
                    "what the host left of job " + id + " cannot be collected from " + from + ": "
                            + e.getClass().getSimpleName() + " " + e.getMessage(),
                    "check the file server, the vault's volume and the permissions",
                    e);
        }
    }

    private static void copy(String id, Path from, Map.Entry<String, Long> said, Path into, Work work)
            throws IOException {
        if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            throw wrong(id, "but " + from + " is not there");
        }
        var copied = 0L;
        var to = into.resolve(said.getKey());
        try (var in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS);
                var out = Files.newOutputStream(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            var buffer = new byte[BUFFER];
            for (var n = in.read(buffer); n >= 0 && copied <= said.getValue(); n = in.read(buffer)) {
                work.checkCancelled();
                out.write(buffer, 0, n);
                copied += n;
                work.progress(copied, said.getValue(), "bytes");
            }
        }
        if (copied != said.getValue()) {
            throw wrong(
                    id,
                    "but " + from
                            + " has %s bytes in place of %d"
                                    .formatted(
                                            copied > said.getValue() ? "more" : String.valueOf(copied),
                                            said.getValue()));
        }
    }

    private static PermanentFault wrong(String id, String what) {
        return new PermanentFault(
                "the host says that job " + id + " is done, " + what,
                "did somebody clean the job folder? Look on the host what its script printed");
    }
}
