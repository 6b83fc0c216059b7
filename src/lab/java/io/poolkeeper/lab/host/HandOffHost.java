// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.host;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Windows host that works by hand-off, written from the description of the job files and not from Poolkeeper's script: it
 * fetches jobs from {@code in}, runs the command lines that {@code poolkeeper-jobs.cmd} has for them, and answers in {@code out}.
 * It can be told to behave badly.
 */
public final class HandOffHost implements AutoCloseable {
    private final Path folder;
    private final Path work;
    private final Path jobsFile;
    private final Path bin;
    private final Directory directory;
    private volatile boolean resting;
    private final Map<String, Path> folders = new ConcurrentHashMap<>();
    private final Map<String, String> environment = new ConcurrentHashMap<>();
    private volatile String current = "";
    private final ScheduledExecutorService task;
    private @Nullable ScheduledFuture<?> runs;
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Map<String, Conduct> conducts = new ConcurrentHashMap<>();

    /** Gives a connection to a domain controller. */
    @FunctionalInterface
    public interface Directory {
        /** A new one. */
        LDAPConnection connect() throws LDAPException;
    }

    /** How it does a job. */
    public enum Conduct {
        /** As it should. */
        HONEST,
        /** It takes the job, and is killed before it answers. */
        KILLED,
        /** It says that it left a file, and did not. */
        WITHOUT_FILE,
        /** It answers what no script would. */
        GARBAGE,
        /** It names a file outside its folder. */
        ESCAPING,
        /** It names a file with a whole path. */
        ABSOLUTE
    }

    /**
     * A host; it does nothing until {@link #start}.
     *
     * @param folder its job folder
     * @param scripts where {@code poolkeeper-jobs.cmd} lies; may be written later
     * @param work for what programs write
     * @param bin where programs are that the command lines name without a path
     * @param directory the domain controller that it uses
     */
    public HandOffHost(Path folder, Path scripts, Path work, Path bin, Directory directory) {
        this.directory = directory;
        this.folder = folder;
        this.jobsFile = scripts.resolve("poolkeeper-jobs.cmd");
        this.work = work;
        this.bin = bin;
        this.task = Executors.newSingleThreadScheduledExecutor(runnable -> {
            var thread = new Thread(runnable, "hand-off-host");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Behaves so from now on, whenever it is asked for a job of this name. */
    public void conduct(String job, Conduct conduct) {
        conducts.put(job, conduct);
    }

    /** What its programs, and those of its command lines, find where Windows has a folder. */
    public HandOffHost sees(String folderOfWindows, Path path) {
        folders.put(folderOfWindows, path);
        return this;
    }

    /** A variable of the environment of its task. */
    public HandOffHost variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Forgets a variable. */
    public void forget(String name) {
        environment.remove(name);
    }

    /**
     * Does a job that nobody asked for in a file.
     *
     * @param id of the job, whose folder it fills
     * @return the exit code
     */
    public synchronized int perform(String job, String id) throws IOException {
        Files.createDirectories(work.resolve(id));
        current = id;
        return new JobsFile(jobsFile, environment, new Programs())
                .run(job, work.resolve(id).toString());
    }

    /** Its task does not run any more, until it behaves again. */
    public void rest() {
        resting = true;
    }

    /** Behaves well again. */
    public void behave() {
        resting = false;
        conducts.clear();
    }

    /** The ids of the jobs that it ran, in order. */
    public List<String> done() {
        return List.copyOf(done);
    }

    /** Runs the script again and again, as Task Scheduler does, but more often. */
    public void start() {
        runs = task.scheduleWithFixedDelay(this::tickOrSay, 0, 200, TimeUnit.MILLISECONDS);
    }

    private void tickOrSay() {
        try {
            if (!resting) {
                tick();
            }
        } catch (IOException | RuntimeException e) {
            System.err.println("hand-off host: " + e); // nobody looks at the output of a task
        }
    }

    /** One run of the script. */
    public synchronized void tick() throws IOException {
        var jobs = new JobsFile(jobsFile, environment, new Programs());
        alive(jobs);
        for (var job : waiting()) {
            take(job, jobs);
        }
    }

    private List<Path> waiting() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("out"));
        try (Stream<Path> files = Files.list(folder.resolve("in"))) {
            return files.filter(file -> file.toString().endsWith(".job"))
                    .sorted()
                    .toList();
        }
    }

    private void alive(JobsFile jobs) throws IOException {
        Files.createDirectories(folder.resolve("out"));
        var lines = new ArrayList<>(List.of(
                "version=1",
                "release=" + jobs.setting("PK_RELEASE"),
                "commands=" + jobs.setting("PK_COMMANDS"),
                "utc=" + Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        var number = 1;
        for (var job : jobs.setting("PK_JOBS").split(" ", -1)) {
            lines.add("can" + number++ + "=" + job);
        }
        write(folder.resolve("out/alive.txt"), lines);
    }

    private void take(Path file, JobsFile jobs) throws IOException {
        var id = file.getFileName().toString().replace(".job", "");
        var claimed = file.resolveSibling(id + ".claimed");
        try {
            Files.move(file, claimed, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return; // it was taken back
        }
        var job = values(claimed);
        var name = Objects.requireNonNull(job.get("job"));
        var conduct = conducts.getOrDefault(name, Conduct.HONEST);
        if (conduct == Conduct.KILLED) {
            return;
        }
        if (!List.of(jobs.setting("PK_JOBS").split(" ", -1)).contains(name)) {
            answer(id, job, List.of("state=refused", "exit=0", "reason=not-in-list"));
        } else if (!jobs.setting("PK_COMMANDS").equals(job.get("commands"))) {
            answer(id, job, List.of("state=refused", "exit=0", "reason=other-commands"));
        } else if (Instant.now().isAfter(Instant.parse(Objects.requireNonNull(job.get("notAfter"))))) {
            answer(id, job, List.of("state=expired", "exit=0"));
        } else {
            run(id, job, jobs, conduct);
        }
        Files.deleteIfExists(claimed);
    }

    /** A job that was begun earlier comes to its end: for a host that was only slow. */
    public synchronized void finish(String id) throws IOException {
        var claimed = folder.resolve("in").resolve(id + ".claimed");
        run(id, values(claimed), new JobsFile(jobsFile, environment, new Programs()), Conduct.HONEST);
        Files.deleteIfExists(claimed);
    }

    private void run(String id, Map<String, String> job, JobsFile jobs, Conduct conduct) throws IOException {
        var out = Files.createDirectories(work.resolve(id));
        current = id;
        var exit = jobs.run(Objects.requireNonNull(job.get("job")), out.toString());
        done.add(id);
        Files.writeString(out.resolve("output.txt"), "the host ran " + job.get("job") + "\r\n");
        var left = new ArrayList<>(List.of("state=done", "exit=" + exit));
        var files = Files.createDirectories(folder.resolve("out").resolve(id + ".part"));
        var number = 0;
        for (var file : list(out)) {
            number++;
            var name = file.getFileName().toString();
            left.add("file" + number + "=" + name);
            left.add("size" + number + "=" + Files.size(file));
            if (conduct != Conduct.WITHOUT_FILE || name.equals("output.txt")) {
                Files.copy(file, files.resolve(name));
            }
        }
        Files.move(files, folder.resolve("out").resolve(id + ".files"));
        switch (conduct) {
            case GARBAGE ->
                write(folder.resolve("out").resolve(id + ".done"), List.of("PK\u0003\u0004 & del *.*", "%PATH%"));
            case ESCAPING -> answer(id, job, with(left, number + 1, "..\\..\\x"));
            case ABSOLUTE -> answer(id, job, with(left, number + 1, "C:\\Windows\\win.ini"));
            default -> answer(id, job, left);
        }
    }

    private static List<String> with(List<String> lines, int number, String name) {
        var all = new ArrayList<>(lines);
        all.add("file" + number + "=" + name);
        all.add("size" + number + "=1");
        return all;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void answer(String id, Map<String, String> job, List<String> more) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("version=1");
        for (var key : List.of("job", "run", "step", "attempt")) {
            lines.add(key + "=" + job.get(key));
        }
        lines.addAll(more);
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        lines.add("started=" + now);
        lines.add("ended=" + now);
        write(folder.resolve("out").resolve(id + ".done"), lines);
    }

    private static void write(Path file, List<String> lines) throws IOException {
        var unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(unfinished, String.join("\r\n", lines) + "\r\n", StandardCharsets.ISO_8859_1);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, String> values(Path file) throws IOException {
        var values = new HashMap<String, String>();
        for (var line :
                Files.readString(file, StandardCharsets.US_ASCII).lines().toList()) {
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return values;
    }

    @Override
    public void close() {
        if (runs != null) {
            runs.cancel(true);
        }
        task.shutdownNow();
    }

    /** Runs the lab's programs where the command lines name those of Windows. */
    private final class Programs implements JobsFile.Helper {
        @Override
        public String rootDse(String name) throws IOException {
            try (var connection = directory.connect()) {
                return connection.getRootDSE().getAttributeValue(name);
            } catch (LDAPException e) {
                throw new IOException(e);
            }
        }

        @Override
        public boolean exists(String dn) throws IOException {
            try (var connection = directory.connect()) {
                return connection.getEntry(dn, "1.1") != null;
            } catch (LDAPException e) {
                throw new IOException(e);
            }
        }

        @Override
        public int run(List<String> words, @Nullable String output) throws IOException {
            var here = words.stream().map(this::here).toList();
            switch (here.get(0)) {
                case "ldifde" -> {
                    try (var connection = directory.connect()) {
                        return new Ldifde(connection).run(here);
                    } catch (LDAPException e) {
                        throw new IOException(e);
                    }
                }
                case "move" -> {
                    return move(Path.of(here.get(2)), Path.of(here.get(3)));
                }
                case "del" -> {
                    delete(Path.of(here.get(2)));
                    return 0;
                }
                case "certutil" -> {
                    return hash(Path.of(here.get(2)), Path.of(here(Objects.requireNonNull(output))));
                }
                case "mkdir" -> {
                    Files.createDirectories(Path.of(here.get(1)).getParent());
                    Files.createDirectory(Path.of(here.get(1)));
                    return 0;
                }
                default -> {
                    return start(here, output);
                }
            }
        }

        private String here(String word) {
            for (var folderOfWindows : folders.entrySet()) {
                if (word.startsWith(folderOfWindows.getKey() + "\\")) {
                    return folderOfWindows.getValue()
                            + word.substring(folderOfWindows.getKey().length()).replace('\\', '/');
                }
            }
            return word.contains(work.toString()) ? word.replace('\\', '/') : word;
        }

        private static void delete(Path files) throws IOException {
            try (var found = Files.newDirectoryStream(
                    files.getParent(), files.getFileName().toString())) {
                for (var file : found) {
                    Files.delete(file);
                }
            }
        }

        /** As certutil of Windows Server 2008 R2 prints it. */
        private static int hash(Path file, Path output) throws IOException {
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                Files.writeString(
                        output,
                        "SHA256 hash of file " + file + ":\r\n"
                                + HexFormat.ofDelimiter(" ").formatHex(digest)
                                + "\r\nCertUtil: -hashfile command completed successfully.\r\n");
                return 0;
            } catch (NoSuchFileException e) {
                Files.writeString(output, "CertUtil: The system cannot find the file specified.\r\n");
                return 1;
            } catch (NoSuchAlgorithmException e) {
                throw new IOException(e);
            }
        }

        private static int move(Path from, Path to) throws IOException {
            if (!Files.exists(from)) {
                return 1;
            }
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            return 0;
        }

        private int start(List<String> here, @Nullable String output) throws IOException {
            var program = here.get(0).contains("/")
                    ? here.get(0)
                    : bin.resolve(here.get(0)).toString();
            var command = new ArrayList<>(List.of(program));
            command.addAll(here.subList(1, here.size()));
            try {
                var process = new ProcessBuilder(command);
                process.environment().putAll(environment);
                process.environment().put("PK_ID", current);
                return process.redirectErrorStream(true)
                        .redirectOutput(
                                output == null
                                        ? ProcessBuilder.Redirect.DISCARD
                                        : ProcessBuilder.Redirect.to(
                                                Path.of(here(output)).toFile()))
                        .start()
                        .waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }
}
