// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What OCS has in Active Directory at some time: an export in a set, or the domain controller now. */
interface Image {
    /** Where an object lies, which decides what of it is OCS's. */
    enum Area {
        /** Within a container of OCS: all of it is OCS's. */
        CONTAINER,
        /** A person, group, account or server elsewhere in the domain: OCS has attributes in it. */
        OBJECT,
        /** The schema, which OCS's setup alone extends. */
        SCHEMA
    }

    /** An object and where it lies. */
    record Located(Entry entry, Area area) {}

    /** Its name in reports, such as {@code set 2026-..} or {@code ldaps://dc1}. */
    String title();

    /** Adds what its schema says. */
    void teach(AttributeTypes types);

    /**
     * Reads all objects; may be called again.
     *
     * @throws io.poolkeeper.step.StepFault if it cannot be read to its end
     */
    void read(Consumer<Located> each);

    /** An object that {@link #read} may not have told of because nothing of it is OCS's; nothing if that cannot be known. */
    Optional<Entry> find(String dn);

    /** When an object that is not there was deleted; nothing if it was not, or if that cannot be known. */
    default Optional<Instant> deleted(Entry gone) {
        return Optional.empty();
    }
}
