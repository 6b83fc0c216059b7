// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The export in a set. */
final class StoredImage implements Image {
    private static final String SCHEMA_FILE = "directory/schema.ldif.gz";

    private final StoredPart stored;
    private final Work work;
    private final List<DN> containers = new ArrayList<>();

    /**
     * The export of a part, whose bytes have been checked.
     *
     * @throws PermanentFault if it is no export that can be compared
     */
    StoredImage(StoredPart stored, Work work) {
        this.stored = stored;
        this.work = work;
        try {
            for (var container : new StoredExport(stored).containers()) {
                containers.add(new DN(container));
            }
        } catch (LDAPException e) {
            throw new PermanentFault("the manifest names a container that is none: " + e.getMessage(), "report it", e);
        }
    }

    @Override
    public String title() {
        return "set " + stored.manifest().set();
    }

    @Override
    public void teach(AttributeTypes types) {
        read((entry, path) -> {
            if (path.equals(SCHEMA_FILE)) {
                types.learn(entry);
            }
        });
    }

    @Override
    public void read(Consumer<Located> each) {
        read((entry, path) -> each.accept(new Located(entry, area(entry, path))));
    }

    private Area area(Entry entry, String path) {
        if (path.equals(SCHEMA_FILE)) {
            return Area.SCHEMA;
        }
        try {
            var dn = entry.getParsedDN();
            return containers.stream().anyMatch(container -> dn.isDescendantOf(container, true))
                    ? Area.CONTAINER
                    : Area.OBJECT;
        } catch (LDAPException e) {
            throw new IllegalStateException("it was parsed when it was read", e);
        }
    }

    private interface Reader {
        void take(Entry entry, String path);
    }

    private void read(Reader reader) {
        var finding = new StoredExport(stored)
                .compare((file, path, facts) -> LdifFile.read(file, work, entry -> reader.take(entry, path)));
        finding.damages().stream().findFirst().ifPresent(damage -> {
            throw new PermanentFault(
                    title() + ": " + damage.file() + " " + damage.what(),
                    "choose another set with --set; 'list' shows them");
        });
    }

    /** What an export left out nobody can know. */
    @Override
    public Optional<Entry> find(String dn) {
        return Optional.empty();
    }
}
