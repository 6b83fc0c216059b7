// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.PartId;
import java.util.Collection;
import java.util.List;

/** Finds parts by what a person writes: a whole id, or a short form such as {@code database:rtc} or {@code rtc}. */
public final class PartNames {
    private PartNames() {}

    /** A short form that fits no part, or several. */
    public static final class NotOnePart extends RuntimeException {
        NotOnePart(String message) {
            super(message);
        }
    }

    /** All parts that the text may mean, without regard to case; a whole id means itself alone. */
    public static List<PartId> find(String text, Collection<PartId> parts) {
        var exact = parts.stream()
                .filter(part -> part.toString().equalsIgnoreCase(text))
                .toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        var colon = text.indexOf(':');
        var kind = colon < 0 ? "" : text.substring(0, colon);
        var name = text.substring(colon + 1);
        return parts.stream()
                .filter(part -> kind.isEmpty() || part.kind().word().equalsIgnoreCase(kind))
                .filter(part -> part.name().equalsIgnoreCase(name)
                        || part.leaf().equalsIgnoreCase(name)
                        || part.owner().equalsIgnoreCase(name))
                .toList();
    }

    /**
     * The parts of several texts.
     *
     * @throws NotOnePart if one of them fits none or several; the message lists the matches
     */
    public static List<PartId> resolve(List<String> texts, Collection<PartId> parts) {
        return texts.stream().map(text -> one(text, parts)).distinct().toList();
    }

    private static PartId one(String text, Collection<PartId> parts) {
        var found = find(text, parts);
        if (found.size() == 1) {
            return found.get(0);
        }
        var list = String.join(
                ", ",
                (found.isEmpty() ? parts : found)
                        .stream().map(PartId::toString).sorted().toList());
        throw new NotOnePart(
                found.isEmpty()
                        ? "there is no part '" + text + "'. HINT: the parts are " + list
                        : "'" + text + "' fits several parts. HINT: write one of " + list);
    }
}
