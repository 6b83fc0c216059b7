// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Guards a site's vault against two coordinators: a file that its holder renews. It helps where the state folder's own lock
 * cannot, because the two have different state folders or hosts. A holder that was killed on this host is recognised at once,
 * one on another host when it has not renewed the file for a minute.
 */
public final class VaultLock implements AutoCloseable {
    /** How long a holder may be silent. */
    public static final Duration SILENCE = Duration.ofMinutes(1);

    private static final String FILE = ".coordinator.json";

    private final Path file;
    private final Holder me;
    private final Clock clock;

    /**
     * Who holds it.
     *
     * @param state the state folder of the coordinator
     */
    public record Holder(String host, long pid, String state, Instant at) {}

    /** Somebody else holds it. */
    public static final class Held extends RuntimeException {
        Held(String message) {
            super(message);
        }
    }

    private VaultLock(Path file, Holder me, Clock clock) {
        this.file = file;
        this.me = me;
        this.clock = clock;
    }

    /**
     * Takes the lock.
     *
     * @throws Held if another coordinator has it
     * @throws IOException if the vault cannot be written
     */
    public static VaultLock take(Vault vault, Path state, Clock clock) throws IOException {
        var file = Disk.createFolders(vault.folder()).resolve(FILE);
        var me = new Holder(
                InetAddress.getLocalHost().getHostName(),
                ProcessHandle.current().pid(),
                state.toString(),
                clock.instant());
        var other = read(file).filter(holder -> alive(holder, me, clock.instant()));
        if (other.isPresent()) {
            throw new Held("the vault " + vault.folder() + " is in use by another coordinator: process "
                    + other.get().pid() + " on " + other.get().host() + " with state folder "
                    + other.get().state() + ". HINT: stop it, or give this site a vault of its own");
        }
        var lock = new VaultLock(file, me, clock);
        lock.renew();
        return lock;
    }

    /**
     * Who holds it now, if anybody does; takes nothing.
     *
     * @throws IOException if the vault cannot be read
     */
    public static Optional<Holder> holder(Vault vault, Clock clock) throws IOException {
        var me = new Holder(
                InetAddress.getLocalHost().getHostName(),
                ProcessHandle.current().pid(),
                "",
                clock.instant());
        return read(vault.folder().resolve(FILE)).filter(holder -> alive(holder, me, clock.instant()));
    }

    private static Optional<Holder> read(Path file) throws IOException {
        try {
            return Optional.of(Json.read(Files.readString(file), Holder.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedDocument e) {
            return Optional.empty(); // half written by a crash: nobody holds it
        }
    }

    private static boolean alive(Holder other, Holder me, Instant now) {
        if (other.host().equals(me.host())) {
            return other.pid() != me.pid() && ProcessHandle.of(other.pid()).isPresent() && fresh(other, now);
        }
        return fresh(other, now);
    }

    private static boolean fresh(Holder other, Instant now) {
        return Duration.between(other.at(), now).abs().compareTo(SILENCE) < 0;
    }

    /**
     * Tells that the holder lives.
     *
     * @throws IOException if the vault cannot be written
     */
    public void renew() throws IOException {
        var now = new Holder(me.host(), me.pid(), me.state(), clock.instant());
        Disk.replace(file, Json.pretty(now).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(
                    "the vault's lock " + file + " cannot be removed; it ends by itself in a minute", e);
        }
    }
}
