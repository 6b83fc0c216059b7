// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.hierynomus.msfscc.fileinformation.FileFullDirectoryInformation;
import com.hierynomus.smbj.share.DiskShare;
import io.poolkeeper.site.Site;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A share that a file server offers by SMB 2 or 3. Reads alone: nothing on the server is changed. Several connections, so that
 * the threads of a capture do not wait for each other; a thread keeps to one.
 */
final class SmbTree implements FileTree {
    private static final int CONNECTIONS = 4;

    private final SmbAddress address;
    private final SmbLogin login;
    private final List<SmbLink> links;
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadLocal<SmbLink> mine;

    SmbTree(SmbAddress address, SmbLogin login) {
        this.address = address;
        this.login = login;
        this.links = IntStream.range(0, CONNECTIONS)
                .mapToObj(number -> new SmbLink(address, login))
                .toList();
        this.mine = ThreadLocal.withInitial(() -> links.get(threads.getAndIncrement() % CONNECTIONS));
    }

    /** The share of a site file that has a url; connected when it is first used. */
    static SmbTree of(Site site, String key) {
        var source = Optional.ofNullable(site.shares().get(key)).orElseThrow();
        return new SmbTree(
                SmbAddress.of(source.url().orElseThrow()),
                SmbLogin.of(source.user().orElseThrow(), source.password().orElseThrow()));
    }

    /**
     * What was agreed with the server.
     *
     * @param dialect of SMB, e.g. {@code 3.1.1}
     * @param skewMillis by how much its clock is ahead of this host's
     */
    record Agreed(String dialect, long skewMillis) {}

    /**
     * Connects, if that was not done.
     *
     * @throws io.poolkeeper.step.StepFault if it cannot be done
     */
    Agreed agreed() {
        var connection = link().line().connection();
        var dialect = connection.getNegotiatedProtocol().getDialect().name();
        var behind = connection.getConnectionContext().getTimeOffsetMillis();
        return new Agreed(
                dialect.replaceAll("^SMB_", "").replaceAll("_", ".").replaceAll("X$", ""),
                behind == null ? 0 : -behind);
    }

    private SmbLink link() {
        return mine.get();
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public Listing list(String folder) throws IOException {
        try {
            return link().ask(folder, share -> listing(share, address.at(folder)));
        } catch (IOException e) {
            if (folder.isEmpty()) {
                throw SmbFaults.root(address, login, e);
            }
            throw e;
        }
    }

    private static Listing listing(DiskShare share, String folder) {
        var facts = new HashMap<String, Facts>();
        var names = new LinkedHashSet<String>();
        try (var open = SmbHandles.folder(share, folder)) {
            for (var found : open.list(FileFullDirectoryInformation.class)) {
                var name = plain(found.getFileName());
                // a name that comes twice was moved while the server went through its folder
                if (name.isEmpty() || name.equals(".") || name.equals("..") || !names.add(name)) {
                    continue;
                }
                var told = SmbFacts.of(found);
                if (!told.isReparsePoint()) {
                    facts.put(name, told.facts());
                }
            }
        }
        return new Listing(List.copyOf(names), facts);
    }

    /** No Windows sends a slash in a name; whoever does must not lead to another path. A backslash is refused later. */
    private static String plain(String name) {
        return name.replace('/', '\\');
    }

    @Override
    public Facts look(String path) {
        try {
            return link().ask(path, share -> look(share, address.at(path)));
        } catch (NoSuchFileException e) {
            return Facts.GONE;
        } catch (IOException e) {
            return Facts.unreadable(Faults.text(e));
        }
    }

    private static Facts look(DiskShare share, String path) {
        var entry = SmbHandles.look(share, path);
        try {
            var told = SmbFacts.of(entry.getFileInformation());
            if (!told.isReparsePoint()) {
                return told.facts();
            }
            var point = SmbHandles.reparsePoint(entry);
            if (!point.isLink()) {
                return told.facts();
            }
            return point.target() == null
                    ? Facts.unreadable("it is a link of a kind that is not known (0x%08X)".formatted(point.tag()))
                    : told.link(point.target());
        } catch (IllegalArgumentException e) {
            return Facts.unreadable(String.valueOf(e.getMessage()));
        } finally {
            SmbFile.closeQuietly(entry);
        }
    }

    @Override
    public OpenFile open(String path) throws IOException {
        return SmbFile.open(link(), path, address.at(path));
    }

    @Override
    public boolean hasAccessLists() {
        return true;
    }

    @Override
    public Extras describe(String path) throws IOException {
        return link().ask(path, share -> {
            var entry = SmbHandles.describe(share, address.at(path));
            try {
                return SmbHandles.extras(entry, null, null);
            } finally {
                SmbFile.closeQuietly(entry);
            }
        });
    }

    @Override
    public void close() {
        links.forEach(SmbLink::close);
    }
}
