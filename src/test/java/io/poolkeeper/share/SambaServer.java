// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Needed;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real file server: Samba's smbd with a configuration, accounts and state of its own in one folder, on one loopback address
 * and one port. Nothing of the machine's own Samba is read or written. Its accounts are those of the system that Samba needs
 * to act as: root, and one without rights.
 */
public final class SambaServer implements AutoCloseable {
    public static final String ROOT = "root";
    public static final String PLAIN = "backup";
    public static final String PASSWORD = "Smb-Passw0rd-1";

    private static final String PYTHON = "/usr/bin/python3";
    private static final String NTACL = "src/test/resources/samba/ntacl.py";
    private static final String ADDRESS = "127.1.1.10";

    private final Path folder;
    private final Path share;
    private final int port;
    private final List<String> options = new ArrayList<>();
    private Process process;

    private SambaServer(Path folder) throws IOException {
        this.folder = folder;
        this.share = Files.createDirectories(folder.resolve("share"));
        try (var free = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
            this.port = free.getLocalPort();
        }
    }

    /**
     * Starts one.
     *
     * @param options lines for its [global] section
     */
    public static SambaServer start(Path folder, String... options) {
        Needed.works("samba", "install Debian's packages samba and smbclient", "smbd", "--version");
        Needed.works("samba", "install Debian's package python3-samba", PYTHON, "-c", "import samba");
        Needed.works("samba", "smbd must run as root", "sh", "-c", "test $(id -u) = 0");
        try {
            open(folder);
            var server = new SambaServer(folder);
            server.options.addAll(List.of(options));
            for (var name : List.of("private", "run", "lock", "state", "cache", "ncalrpc", "wb", "log")) {
                Files.createDirectories(folder.resolve(name));
            }
            server.configure();
            server.account(ROOT);
            server.account(PLAIN);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The account without rights must get as far as the share. */
    private static void open(Path folder) throws IOException {
        Files.createDirectories(folder);
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        for (var path = folder; path.startsWith(temporary) && !path.equals(temporary); path = path.getParent()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    private void configure() throws IOException {
        Files.writeString(conf(), """
                [global]
                  server role = standalone server
                  workgroup = LABWG
                  netbios name = FS1
                  interfaces = %s/8
                  bind interfaces only = yes
                  smb ports = %d
                  disable netbios = yes
                  passdb backend = tdbsam:%s/private/passdb.tdb
                  private dir = %3$s/private
                  pid directory = %3$s/run
                  lock directory = %3$s/lock
                  state directory = %3$s/state
                  cache directory = %3$s/cache
                  ncalrpc dir = %3$s/ncalrpc
                  winbindd socket directory = %3$s/wb
                  log file = %3$s/log/%%m.log
                  load printers = no
                  printing = bsd
                  printcap name = /dev/null
                  disable spoolss = yes
                  map to guest = never
                  store dos attributes = yes
                  map archive = no
                  map system = no
                  map hidden = no
                  map readonly = no
                  vfs objects = acl_xattr streams_xattr
                  acl_xattr:ignore system acls = yes
                %s
                [share]
                  path = %s
                  read only = no
                [closed]
                  path = %5$s
                  valid users = root
                """.formatted(
                        ADDRESS,
                        port,
                        folder,
                        options.stream().map(option -> "  " + option + "\n").reduce("", String::concat),
                        share));
    }

    private Path conf() {
        return folder.resolve("smb.conf");
    }

    private void account(String user) {
        run(PASSWORD + "\n" + PASSWORD + "\n", "smbpasswd", "-c", conf().toString(), "-s", "-a", user);
    }

    /** Starts it, again after {@link #kill}. */
    public void start() {
        try {
            process = new ProcessBuilder("smbd", "--foreground", "-s", conf().toString(), "-l", log().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            log().resolve("out").toFile()))
                    // it would end at once with a pipe that is closed
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("smbd answers").atMost(Duration.ofSeconds(20)).until(this::answers);
    }

    private Path log() {
        return folder.resolve("log");
    }

    private boolean answers() {
        assertThat(process.isAlive()).as("smbd runs, see " + log()).isTrue();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL for it and for all that serve a connection. */
    public void kill() {
        var serving = process.descendants().toList();
        process.destroyForcibly();
        serving.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        serving.forEach(handle -> handle.onExit().join());
    }

    /** SIGKILL for those that serve a connection; new ones are served. */
    void dropConnections() {
        var serving = process.descendants().toList();
        serving.forEach(ProcessHandle::destroyForcibly);
        serving.forEach(handle -> handle.onExit().join());
    }

    /** The folder of the share {@code share}, as this machine sees it. */
    public Path share() {
        return share;
    }

    /** Its address with a share, e.g. {@code smb://127.1.1.10:4450/share}. */
    public String url(String of) {
        return "smb://" + ADDRESS + ":" + port + "/" + of;
    }

    public String host() {
        return ADDRESS;
    }

    public int port() {
        return port;
    }

    /** What Samba itself says of the owner and access list of a file. */
    static String sddl(Path file) {
        return run("", PYTHON, NTACL, "get", file.toString()).strip();
    }

    /** The same words as {@link #sddl} for what somebody else says. */
    static String canonical(String sddl) {
        return run("", PYTHON, NTACL, "canonical", sddl).strip();
    }

    /** Lets Samba itself give a file an owner and an access list. */
    static void setSddl(Path file, String sddl) {
        run("", PYTHON, NTACL, "set", file.toString(), sddl);
    }

    /** Runs smbclient as root. */
    String smbclient(String commands) {
        return run(
                "",
                "smbclient",
                "-s",
                conf().toString(),
                "-p",
                Integer.toString(port),
                "//" + ADDRESS + "/share",
                "-U",
                ROOT + "%" + PASSWORD,
                "-c",
                commands);
    }

    private static String run(String input, String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command[0]).isTrue();
            assertThat(process.exitValue())
                    .as(String.join(" ", command) + ": " + said)
                    .isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
