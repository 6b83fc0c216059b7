// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names one thing that must be recoverable: {@code database:ocs2007-rtc/rtc}, {@code share:meeting-content},
 * {@code directory:ocs}, {@code settings:global-pool/ocs2007}.
 *
 * <p>Ids arrive in messages and become file names, so control characters are refused here; {@code set.Names} makes the
 * rest safe for a file system.
 *
 * @param kind the sort of thing
 * @param name its name within the kind, as the source spells it; 1 to 300 characters
 */
public record PartId(Kind kind, String name) implements Comparable<PartId> {
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}]{1,300}");

    /**
     * Refuses what could not be a name.
     *
     * @throws IllegalArgumentException if the name is empty, longer than 300 characters, or holds a control character
     */
    public PartId {
        if (!PRINTABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("not a part name: 1 to 300 printable characters are wanted");
        }
    }

    /**
     * Reads an id.
     *
     * @throws IllegalArgumentException if it is not {@code kind:name}
     */
    @JsonCreator
    public static PartId parse(String id) {
        var colon = id.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(
                    "'" + id + "' is not a part: write kind:name, e.g. database:ocs2007-rtc/rtc");
        }
        return new PartId(Kind.of(id.substring(0, colon)), id.substring(colon + 1));
    }

    /** A database on one SQL Server instance. */
    public static PartId database(String sqlKey, String database) {
        return new PartId(Kind.DATABASE, sqlKey + "/" + database);
    }

    /** The part of the name before the first slash; the whole name if it has none. */
    public String owner() {
        var slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /** The part of the name after the first slash; the whole name if it has none. */
    public String leaf() {
        return name.substring(name.indexOf('/') + 1);
    }

    @Override
    public int compareTo(PartId other) {
        var byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareToIgnoreCase(other.name);
    }

    @Override
    @JsonValue
    public String toString() {
        return kind.word() + ":" + name;
    }
}
