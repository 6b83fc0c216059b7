// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.directory.EntryComparison.Print;
import io.poolkeeper.directory.Image.Area;
import io.poolkeeper.directory.Image.Located;
import io.poolkeeper.directory.ObjectChange.Kind;
import io.poolkeeper.set.Hashes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what would bring the directory from one state to another. An object is the same if its GUID is, else if its name
 * is. Of each object two hashes are kept, and whole objects only of those that differ: the earlier state is read twice,
 * the present one once.
 */
final class Comparison {
    private static final Comparator<ObjectChange> BY_NAME = Comparator.comparing(ObjectChange::dn);
    private static final String USER = "msRTCSIP-PrimaryUserAddress";

    private final Image then;
    private final Image now;
    private final Selection wanted;
    private final AttributeTypes types = new AttributeTypes();
    private final EntryComparison entries = new EntryComparison(types);
    private final Map<String, Slot> index = new HashMap<>();
    private final Map<String, Located> surplus = new HashMap<>();
    private final Map<String, String> moved = new HashMap<>();
    private final List<ObjectChange> changes = new ArrayList<>();
    private long compared;
    private long present;
    private long touched;

    /** An object as it was: what of it must be found again. */
    private static final class Slot {
        private final String dn;
        private final Print print;
        private boolean found;
        private @Nullable Located differs;

        Slot(String dn, Print print) {
            this.dn = dn;
            this.print = print;
        }
    }

    /**
     * What was found.
     *
     * @param changes in an order in which they can be applied
     * @param compared how many objects of the earlier state were wanted and compared
     * @param present how many objects of the present state were wanted
     * @param touched how many of them differ in nothing but what the system writes
     */
    record Result(List<ObjectChange> changes, long compared, long present, long touched) {}

    private Comparison(Image then, Image now, Selection wanted) {
        this.then = then;
        this.now = now;
        this.wanted = wanted;
    }

    /**
     * Compares.
     *
     * @param then the state that is wanted
     * @param now the state that is there
     * @throws io.poolkeeper.step.StepFault if one of them cannot be read
     */
    static Result of(Image then, Image now, Selection wanted) {
        return new Comparison(then, now, wanted).result();
    }

    private Result result() {
        then.teach(types);
        now.teach(types);
        then.read(this::remember);
        now.read(this::meet);
        then.read(this::judge);
        surplus.values().forEach(this::tooMuch);
        return new Result(inOrder(), compared, present, touched);
    }

    private static String identity(Entry entry) {
        var guid = entry.getAttributeValueBytes("objectGUID");
        return guid == null ? AttributeTypes.normalized(entry.getDN()) : Hashes.hex(guid);
    }

    private void remember(Located object) {
        var entry = object.entry();
        index.put(identity(entry), new Slot(AttributeTypes.normalized(entry.getDN()), entries.print(entry)));
    }

    private void meet(Located object) {
        var dn = AttributeTypes.normalized(object.entry().getDN());
        var slot = index.get(identity(object.entry()));
        if (wanted.takes(dn)) {
            present++;
        }
        if (slot == null) {
            surplus.put(dn, object); // whether it is wanted shows when what it may stand for is known
            return;
        }
        slot.found = true;
        var print = entries.print(object.entry());
        if (!slot.dn.equals(dn)) {
            moved.put(slot.dn, object.entry().getDN());
        }
        if (!slot.dn.equals(dn) || !slot.print.told().equals(print.told())) {
            if (wanted.takes(dn) || wanted.takes(slot.dn)) {
                slot.differs = object;
            }
        } else if (!slot.print.owned().equals(print.owned()) && wanted.takes(dn)) {
            touched++;
        }
    }

    private void judge(Located object) {
        var slot = index.get(identity(object.entry()));
        if (slot == null) {
            throw new IllegalStateException(object.entry().getDN() + " was not there when it was read before");
        }
        if (wanted.takes(slot.dn)) {
            compared++;
        }
        if (slot.differs != null) {
            modified(object, slot.differs, null);
        } else if (!slot.found) {
            missing(object, slot.dn);
        }
    }

    private void missing(Located object, String dn) {
        var twin = surplus.remove(dn);
        if (!wanted.takes(dn)) {
            return;
        }
        if (twin != null) {
            modified(object, twin, "it was made anew since: another objectGUID");
            return;
        }
        var entry = object.entry();
        var elsewhere = object.area() == Area.OBJECT ? now.find(entry.getDN()) : Optional.<Entry>empty();
        if (elsewhere.isPresent()) {
            modified(object, new Located(elsewhere.get(), Area.OBJECT), "OCS does not know it any more");
        } else if (object.area() == Area.SCHEMA) {
            blocked(entry, "is not in the schema any more: OCS's setup prepares the schema");
        } else if (entry.hasAttribute("objectSid")) {
            blocked(
                    entry,
                    wasDeleted(entry).orElse("is gone, or OCS does not know it any more")
                            + ": bring the account or group back first, from the Recycle Bin or a system state, because"
                            + " a new one gets another SID");
        } else {
            var all = entries.changes(entry, null, Area.CONTAINER, this::nameNow);
            changes.add(new ObjectChange(
                    entry.getDN(), Kind.ADD, all, wasDeleted(entry).orElse(null), entry));
        }
    }

    private Optional<String> wasDeleted(Entry entry) {
        return now.deleted(entry).map(time -> "was deleted (whenChanged " + time + ")");
    }

    private void blocked(Entry entry, String remark) {
        changes.add(new ObjectChange(entry.getDN(), Kind.BLOCKED, List.of(), remark, entry));
    }

    private void modified(Located was, Located is, @Nullable String remark) {
        var differences = entries.changes(was.entry(), is.entry(), was.area(), this::nameNow);
        var dn = is.entry().getDN();
        var told = sameName(was.entry(), dn) ? remark : "it was " + was.entry().getDN() + "; it keeps its new name";
        var ours = differences.stream().anyMatch(AttributeChange::isRestored);
        var others = differences.stream().anyMatch(change -> change.fate() == AttributeChange.Fate.NOT_OCS);
        if (was.area() == Area.SCHEMA && (ours || others)) {
            changes.add(new ObjectChange(
                    dn, Kind.BLOCKED, differences, "differs, and the schema is never changed", was.entry()));
        } else if (ours) {
            changes.add(new ObjectChange(dn, Kind.MODIFY, differences, told, was.entry()));
        } else if (others || !sameName(was.entry(), dn)) {
            changes.add(new ObjectChange(dn, Kind.NONE, differences, told, was.entry()));
        } else {
            touched++;
        }
    }

    private static boolean sameName(Entry entry, String dn) {
        return AttributeTypes.normalized(entry.getDN()).equals(AttributeTypes.normalized(dn));
    }

    private String nameNow(String name) {
        return moved.isEmpty() ? name : moved.getOrDefault(AttributeTypes.normalized(name), name);
    }

    /** What the earlier state did not have. Persons are never deleted: they lose what makes them OCS's. */
    private void tooMuch(Located object) {
        var entry = object.entry();
        if (!wanted.takes(AttributeTypes.normalized(entry.getDN()))) {
            return;
        }
        var all = entries.changes(null, entry, object.area(), this::nameNow);
        if (object.area() == Area.CONTAINER) {
            changes.add(new ObjectChange(entry.getDN(), Kind.DELETE, all, null, null));
        } else if (object.area() == Area.OBJECT && entry.hasAttribute(USER)) {
            var ocs = all.stream()
                    .filter(change -> change.name().toLowerCase(Locale.ROOT).startsWith("msrtcsip-"))
                    .toList();
            changes.add(new ObjectChange(entry.getDN(), Kind.MODIFY, ocs, notInThen(), null));
        } else {
            changes.add(new ObjectChange(entry.getDN(), Kind.BLOCKED, List.of(), "was not there; it stays", null));
        }
    }

    /** The wanted state may be the earlier or the later one, and tells no more than that OCS has nothing in the object. */
    private String notInThen() {
        return then.title() + " does not have it: not made yet or deleted, or not enabled for OCS";
    }

    /** Parents are made before and deleted after what is below them; links to what is made later come after it. */
    private List<ObjectChange> inOrder() {
        var added = sorted(Kind.ADD, Comparator.comparingInt(Comparison::depth));
        var later = new HashSet<String>();
        added.forEach(change -> later.add(AttributeTypes.normalized(change.dn())));
        var objects = new ArrayList<ObjectChange>();
        var links = new ArrayList<ObjectChange>();
        for (var change : added) {
            var late = late(change, later);
            objects.add(late.isEmpty() ? change : change.with(Kind.ADD, without(change.attributes(), late)));
            if (!late.isEmpty()) {
                links.add(change.with(Kind.MODIFY, late));
            }
            later.remove(AttributeTypes.normalized(change.dn()));
        }
        var deleted =
                sorted(Kind.DELETE, Comparator.comparingInt(Comparison::depth).reversed());
        return Stream.of(
                        objects,
                        links,
                        sorted(Kind.MODIFY, BY_NAME),
                        deleted,
                        sorted(Kind.NONE, BY_NAME),
                        sorted(Kind.BLOCKED, BY_NAME))
                .flatMap(Collection::stream)
                .toList();
    }

    private List<ObjectChange> sorted(Kind kind, Comparator<ObjectChange> order) {
        return changes.stream()
                .filter(change -> change.kind() == kind)
                .sorted(order.thenComparing(ObjectChange::dn))
                .toList();
    }

    private static int depth(ObjectChange change) {
        try {
            return new DN(change.dn()).getRDNs().length;
        } catch (LDAPException e) {
            throw new IllegalStateException("it was parsed when it was read", e);
        }
    }

    /** The values that name what is not there yet when the object is made. */
    private List<AttributeChange> late(ObjectChange change, Set<String> later) {
        return change.restored().stream()
                .filter(attribute -> types.holdsNames(attribute.name()))
                .map(attribute -> attribute.adding(attribute.add().stream()
                        .filter(value ->
                                later.contains(AttributeTypes.normalized(AttributeTypes.nameIn(value.stringValue()))))
                        .toList()))
                .filter(attribute -> !attribute.add().isEmpty())
                .toList();
    }

    private static List<AttributeChange> without(List<AttributeChange> all, List<AttributeChange> late) {
        var rest = new ArrayList<AttributeChange>();
        for (var change : all) {
            var left = new ArrayList<ASN1OctetString>(change.add());
            late.stream()
                    .filter(other -> other.name().equals(change.name()))
                    .forEach(other -> left.removeAll(other.add()));
            if (!left.isEmpty()) {
                rest.add(change.adding(left));
            }
        }
        return rest;
    }
}
