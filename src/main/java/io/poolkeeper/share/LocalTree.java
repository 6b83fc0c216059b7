// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A folder that the operating system shows: local, or a mapped or mounted share. */
final class LocalTree implements FileTree {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private final Path root;
    private final boolean posix;

    LocalTree(Path root) {
        this.root = root;
        this.posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public Listing list(String folder) throws IOException {
        var names = new ArrayList<String>();
        try (var children = Files.newDirectoryStream(at(folder))) {
            children.forEach(child -> names.add(String.valueOf(child.getFileName())));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new Listing(names, Map.of());
    }

    @Override
    public Facts look(String path) {
        try {
            return posix ? posix(at(path)) : dos(at(path));
        } catch (NoSuchFileException e) {
            // a name that could not be decoded when it was listed is not found by what it was decoded to
            return path.indexOf('\uFFFD') < 0 ? Facts.GONE : Facts.unreadable("its name is not valid UTF-8");
        } catch (InvalidPathException e) {
            return Facts.unreadable("its name cannot be written here: run Poolkeeper with a UTF-8 locale");
        } catch (IOException e) {
            return Facts.unreadable(Faults.text(e));
        }
    }

    @Override
    public OpenFile open(String path) throws IOException {
        var file = at(path);
        var bytes = Channels.newInputStream(Files.newByteChannel(file, READ));
        return new OpenFile() {
            @Override
            public InputStream bytes() {
                return bytes;
            }

            @Override
            public Facts now() {
                return look(path);
            }

            @Override
            public Extras extras() {
                return posix ? Extras.linked(names(file)) : Extras.NONE;
            }

            @Override
            public void close() throws IOException {
                bytes.close();
            }
        };
    }

    private static long names(Path file) {
        try {
            return ((Number) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)).longValue();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return 1; // it is only counted
        }
    }

    @Override
    public boolean hasAccessLists() {
        return false;
    }

    @Override
    public Extras describe(String path) {
        return Extras.NONE;
    }

    @Override
    public void close() {}

    private Path at(String path) {
        return root.resolve(path);
    }

    private static Facts posix(Path file) throws IOException {
        var found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isOther()) {
            return Facts.unreadable("it is a device, a pipe or a socket");
        }
        var mode = found.isSymbolicLink() ? null : PosixFilePermissions.toString(found.permissions());
        return facts(file, found, found.isSymbolicLink(), null, mode);
    }

    /** A junction is a folder that is also something else; another such file has its bytes kept elsewhere. */
    private static Facts dos(Path file) throws IOException {
        var found = Files.readAttributes(file, DosFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        var link = found.isSymbolicLink() || (found.isDirectory() && found.isOther());
        return facts(file, found, link, letters(found), null);
    }

    private static Facts facts(
            Path file, BasicFileAttributes found, boolean link, @Nullable String attributes, @Nullable String mode)
            throws IOException {
        var type = link ? NodeType.LINK : found.isDirectory() ? NodeType.FOLDER : NodeType.FILE;
        return new Facts(
                type,
                type == NodeType.FILE ? found.size() : 0,
                found.lastModifiedTime().toInstant(),
                created(found),
                attributes,
                mode,
                link ? target(file) : null,
                null);
    }

    private static @Nullable Instant created(BasicFileAttributes found) {
        FileTime created = found.creationTime();
        return created.equals(found.lastModifiedTime()) || created.toMillis() <= 0 ? null : created.toInstant();
    }

    /** Without the archive bit: other backup tools clear it, which is no change of the file. */
    private static @Nullable String letters(DosFileAttributes found) {
        var letters = (found.isReadOnly() ? "R" : "") + (found.isHidden() ? "H" : "") + (found.isSystem() ? "S" : "");
        return letters.isEmpty() ? null : letters;
    }

    private static String target(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NotLinkException e) {
            return link.toRealPath().toString(); // a junction
        }
    }
}
