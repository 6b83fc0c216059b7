// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A state of the directory in memory: what lies below the container is OCS's. */
final class Memory implements Image {
    final List<Entry> entries = new ArrayList<>();
    final List<Entry> schema = new ArrayList<>();
    /** Objects that are there and that no filter of the catalogue matches. */
    final List<Entry> others = new ArrayList<>();

    Memory with(Entry... more) {
        entries.addAll(List.of(more));
        return this;
    }

    @Override
    public String title() {
        return "memory";
    }

    @Override
    public void teach(AttributeTypes types) {
        schema.forEach(types::learn);
    }

    @Override
    public void read(Consumer<Located> each) {
        entries.forEach(entry -> each.accept(new Located(entry.duplicate(), area(entry))));
        schema.forEach(entry -> each.accept(new Located(entry.duplicate(), Area.SCHEMA)));
    }

    private static Area area(Entry entry) {
        try {
            return entry.getParsedDN().isDescendantOf(FakeDomainController.CONTAINER, true)
                    ? Area.CONTAINER
                    : Area.OBJECT;
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<Entry> find(String dn) {
        return others.stream().filter(entry -> entry.getDN().equals(dn)).findFirst();
    }
}
