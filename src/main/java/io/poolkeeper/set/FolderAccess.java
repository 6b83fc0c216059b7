// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who besides its owner may use a folder. */
public final class FolderAccess {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);
    private static final Set<PosixFilePermission> GROUP =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE);

    /** They can take any folder over, whatever its rights say. */
    private static final Set<String> ALMIGHTY = Set.of("system", "administrators", "creator owner");

    private static final Set<AclEntryPermission> CHANGES = Set.of(
            AclEntryPermission.WRITE_DATA,
            AclEntryPermission.APPEND_DATA,
            AclEntryPermission.DELETE,
            AclEntryPermission.DELETE_CHILD,
            AclEntryPermission.WRITE_ACL,
            AclEntryPermission.WRITE_OWNER);

    private FolderAccess() {}

    /**
     * Access that is wider than the owner's, and than reading by the readers, in words; empty if there is none.
     *
     * @param readers accounts or groups that may read
     * @throws IOException if the rights cannot be read
     */
    public static Optional<String> wide(Path folder, List<String> readers) throws IOException {
        var names = readers.stream().map(FolderAccess::simple).collect(Collectors.toSet());
        var posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (posix != null) {
            var found = posix.readAttributes();
            return posix(found.permissions(), found.group().getName(), names);
        }
        var acl = Files.getFileAttributeView(folder, AclFileAttributeView.class);
        return acl == null
                ? Optional.of("its file system knows no rights: everybody who reaches it may use it")
                : acl(acl.getAcl(), simple(acl.getOwner().getName()), names);
    }

    static Optional<String> posix(Set<PosixFilePermission> rights, String group, Set<String> readers) {
        if (rights.stream().anyMatch(OTHERS::contains)) {
            return Optional.of("every account of this host may use it");
        }
        if (rights.contains(PosixFilePermission.GROUP_WRITE)) {
            return Optional.of("the group " + group + " may change it");
        }
        return rights.stream().anyMatch(GROUP::contains) && !readers.contains(simple(group))
                ? Optional.of("the group " + group + " may read it, and is none of the readers")
                : Optional.empty();
    }

    static Optional<String> acl(List<AclEntry> entries, String owner, Set<String> readers) {
        for (var entry : entries) {
            var name = simple(entry.principal().getName());
            if (entry.type() != AclEntryType.ALLOW || name.equals(owner) || ALMIGHTY.contains(name)) {
                continue;
            }
            if (entry.permissions().stream().anyMatch(CHANGES::contains)) {
                return Optional.of(entry.principal().getName() + " may change it");
            }
            if (entry.permissions().contains(AclEntryPermission.READ_DATA) && !readers.contains(name)) {
                return Optional.of(entry.principal().getName() + " may read it, and is none of the readers");
            }
        }
        return Optional.empty();
    }

    /** Without the domain, in lower case. */
    private static String simple(String account) {
        return account.substring(account.lastIndexOf('\\') + 1).toLowerCase(Locale.ROOT);
    }
}
