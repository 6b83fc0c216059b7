// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static io.poolkeeper.directory.FakeDomainController.ACCOUNT;
import static io.poolkeeper.directory.FakeDomainController.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Needed;
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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real Active Directory domain controller: Samba's, with a domain of its own in one folder, on a loopback address of its own.
 * Nothing of the machine's own Samba is read or written. It speaks LDAP and Kerberos and nothing else, on the ports that they
 * have; therefore it must run as root. It ends with this JVM, however that ends: its standard input is a pipe.
 */
final class SambaDomain implements AutoCloseable {
    static final String ADMINISTRATOR = "CN=Administrator,CN=Users," + DOMAIN;
    static final String PASSWORD = "Ad-Passw0rd-1";

    private static final String NAME = "samba-ad";
    private static final String HOST = "dc1.ocs.lab";
    private static final String NEEDS =
            "install Debian's packages samba, samba-ad-provision, samba-dsdb-modules, ldb-tools and ldap-utils";
    private static final List<Integer> PORTS = List.of(88, 389, 464, 636, 3268, 3269);
    private static final long MINUTES = 5;

    private final Path folder;
    private final InetAddress address;
    private final Path passwordFile;
    private final IssuedCertificate certificate;
    private @Nullable Process process;

    private SambaDomain(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.toRealPath());
        this.address = freeAddress();
        this.passwordFile = Files.createFile(
                folder.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, PASSWORD);
        this.certificate = IssuedCertificate.in(Files.createDirectories(folder.resolve("tls")), HOST, address);
    }

    /**
     * Provisions one and starts it; takes about twenty seconds.
     *
     * @param folder empty
     * @param users enabled for OCS
     * @param members of {@link OcsForest#BIG_GROUP}
     */
    static SambaDomain start(Path folder, int users, int members) {
        Needed.works(NAME, NEEDS, "samba", "--version");
        Needed.works(NAME, NEEDS, "sh", "-c", "command -v samba-tool ldbmodify ldbsearch ldapsearch ldapmodify");
        Needed.works(NAME, NEEDS, "/usr/bin/python3", "-c", """
                import os, ldb, samba.param as p
                assert os.path.exists(p.setup_dir() + '/provision.ldif')
                assert os.path.exists(p.modules_dir() + '/ldb/samba_dsdb.so')
                """);
        Needed.works(NAME, "its ports are below 1024: run the tests as root", "sh", "-c", "test $(id -u) = 0");
        try {
            var domain = new SambaDomain(folder);
            domain.provision();
            domain.fill(users, members);
            try {
                domain.start();
            } catch (RuntimeException | AssertionError e) {
                domain.close();
                throw e;
            }
            return domain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One on which nobody listens: another domain controller may run beside this one. */
    private static InetAddress freeAddress() throws IOException {
        for (var last = 1; last < 255; last++) {
            var candidate = InetAddress.getByAddress(new byte[] {127, 1, 2, (byte) last});
            if (PORTS.stream().allMatch(port -> isFree(candidate, port))) {
                return candidate;
            }
        }
        throw new IOException("on each of 127.1.2.1 to 127.1.2.254 somebody listens for LDAP");
    }

    private static boolean isFree(InetAddress address, int port) {
        try (var free = new ServerSocket(port, 1, address)) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void provision() throws IOException {
        for (var name : List.of("etc", "run", "cache", "log", "ncalrpc", "wb", "ntp", "lock")) {
            Files.createDirectories(folder.resolve(name));
        }
        var interfaces = List.of("interfaces = " + host() + "/8", "bind interfaces only = yes");
        // without one of its own it would take the machine's as a template
        var base =
                Files.writeString(folder.resolve("etc/base.conf"), "[global]\n" + String.join("\n", interfaces) + "\n");
        run(
                "",
                "samba-tool",
                "domain",
                "provision",
                "-s",
                base.toString(),
                "--targetdir=" + folder,
                "--realm=ocs.lab",
                "--domain=OCSLAB",
                "--adminpass=" + PASSWORD,
                "--server-role=dc",
                "--dns-backend=NONE",
                "--host-name=dc1",
                "--host-ip=" + host(),
                "--option=" + interfaces.get(0),
                "--option=" + interfaces.get(1),
                "--quiet");
        configure();
    }

    private void configure() throws IOException {
        Files.writeString(conf(), """
                [global]
                  realm = OCS.LAB
                  workgroup = OCSLAB
                  netbios name = DC1
                  server role = active directory domain controller
                  server services = ldap, kdc
                  interfaces = %1$s/8
                  bind interfaces only = yes
                  disable netbios = yes
                  private dir = %2$s/private
                  state directory = %2$s/state
                  cache directory = %2$s/cache
                  lock directory = %2$s/lock
                  pid directory = %2$s/run
                  ncalrpc dir = %2$s/ncalrpc
                  winbindd socket directory = %2$s/wb
                  ntp signd socket directory = %2$s/ntp
                  binddns dir = %2$s/bind-dns
                  log level = 1
                  dsdb:schema update allowed = yes
                  ldb:nosync = yes
                  ldap server require strong auth = allow_sasl_over_tls
                  tls enabled = yes
                  tls keyfile = %3$s
                  tls certfile = %4$s
                  tls cafile = %5$s
                """.formatted(
                        host(), folder, certificate.key(), certificate.certificate(), certificate.authority()));
    }

    private void fill(int users, int members) throws IOException {
        for (var text : OcsForest.files(users, members)) {
            change(text);
        }
        var tool = List.of(
                "samba-tool", "user", "create", "svc-backup", PASSWORD, "-s", conf().toString(), "-H", database());
        run("", tool.toArray(String[]::new));
        // the service that registers names of services at the start is left out
        change("""
                dn: CN=DC1,OU=Domain Controllers,%s
                changetype: modify
                add: servicePrincipalName
                servicePrincipalName: ldap/%s
                """.formatted(DOMAIN, host()));
    }

    private void change(String ldif) throws IOException {
        var file = Files.writeString(folder.resolve("change.ldif"), ldif);
        run("", "ldbmodify", "--configfile=" + conf(), "-H", database(), file.toString());
    }

    private String database() {
        return folder.resolve("private/sam.ldb").toString();
    }

    private Path conf() {
        return folder.resolve("etc/smb.conf");
    }

    private void start() throws IOException {
        var log = folder.resolve("log/out");
        var started = new ProcessBuilder("samba", "--interactive", "--model=prefork", "-s", conf().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process = started;
        Awaitility.await("Samba answers").atMost(Duration.ofSeconds(30)).until(() -> {
            assertThat(started.isAlive()).as(Files.readString(log)).isTrue();
            return answers();
        });
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, 636), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String host() {
        return address.getHostAddress();
    }

    /** Encrypted from the start. */
    String ldaps() {
        return "ldaps://" + host();
    }

    /** Encrypted by StartTLS, or not at all. */
    String ldap() {
        return "ldap://" + host();
    }

    /** Whose certificates a client must trust. */
    Path authority() {
        return certificate.authority();
    }

    /** What OpenLDAP's client gets as the account of the backup, page by page; lines are not folded. */
    String ldapsearch(String base, String filter, String... attributes) {
        var command = new ArrayList<>(
                List.of("ldapsearch", "-LLL", "-o", "ldif-wrap=no", "-E", "pr=1000/noprompt", "-b", base, filter));
        command.addAll(2, login(ACCOUNT));
        command.addAll(Arrays.asList(attributes));
        return run("", command.toArray(String[]::new));
    }

    /** Applies change records as an administrator would. */
    void ldapmodify(String ldif) {
        var command = new ArrayList<>(List.of("ldapmodify"));
        command.addAll(login(ADMINISTRATOR));
        run(ldif, command.toArray(String[]::new));
    }

    /** What a Kerberos client must know of the realm. */
    Path kerberos() throws IOException {
        return Files.writeString(folder.resolve("krb5.conf"), """
                [libdefaults]
                  default_realm = OCS.LAB
                  dns_lookup_kdc = false
                  dns_lookup_realm = false
                  rdns = false
                [realms]
                  OCS.LAB = {
                    kdc = %s
                  }
                """.formatted(host()));
    }

    /** Gets a ticket for the account of the backup, as kinit would. */
    Path ticket() throws IOException {
        var cache = folder.resolve("ticket");
        run(
                "",
                "env",
                "KRB5_CONFIG=" + kerberos(),
                "/usr/bin/python3",
                "-c",
                """
                import sys
                from samba.credentials import Credentials, MUST_USE_KERBEROS
                from samba.param import LoadParm
                conf, password, cache = sys.argv[1:]
                settings = LoadParm()
                settings.load(conf)
                account = Credentials()
                account.guess(settings)
                account.set_username("svc-backup")
                account.set_password(open(password).read())
                account.set_realm("OCS.LAB")
                account.set_kerberos_state(MUST_USE_KERBEROS)
                account.get_named_ccache(settings, "FILE:" + cache)
                """,
                conf().toString(),
                passwordFile.toString(),
                cache.toString());
        return cache;
    }

    private List<String> login(String dn) {
        return List.of("-x", "-H", ldaps(), "-D", dn, "-y", passwordFile.toString());
    }

    /** Runs a command that must end with 0. */
    String run(String input, String... command) {
        var ended = execute(input, command);
        assertThat(ended.code())
                .as("%s: %s", String.join(" ", command), ended.said())
                .isZero();
        return ended.said();
    }

    /** What a command ends with. */
    int ended(String... command) {
        return execute("", command).code();
    }

    private record Ended(int code, String said) {}

    private Ended execute(String input, String... command) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("LDAPTLS_CACERT", authority().toString());
            var running = builder.start();
            try (var in = running.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(running.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as(command[0])
                    .isTrue();
            return new Ended(running.exitValue(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        var running = process;
        if (running == null) {
            return;
        }
        var all = running.descendants().toList();
        running.destroy();
        try {
            if (!running.waitFor(10, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
