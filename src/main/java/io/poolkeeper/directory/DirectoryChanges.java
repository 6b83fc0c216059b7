// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.directory.AttributeChange.Fate;
import io.poolkeeper.directory.ObjectChange.Kind;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.MediaCheck;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.tool.Unattended;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What would bring the objects of OCS back to the state that a set holds, as LDIF change records (RFC 2849) or JSON. */
public final class DirectoryChanges {
    private static final int WRAP = 76;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Map<Fate, String> REASONS = new EnumMap<>(Map.of(
            Fate.SYSTEM, "that the system writes",
            Fate.BACK_LINK, "that a domain controller computes (back-links)",
            Fate.NOT_OCS, "that are not OCS's"));

    private final StoredPart wanted;
    private final String present;
    private final Comparison.Result result;

    private DirectoryChanges(StoredPart wanted, String present, Comparison.Result result) {
        this.wanted = wanted;
        this.present = present;
        this.result = result;
    }

    /** What a set holds is not what was captured. */
    public static final class Damaged extends Exception {
        private Damaged(String message) {
            super(message);
        }
    }

    /**
     * What would bring the domain controller to the state of a set.
     *
     * @param path a distinguished name, with {@code *} and {@code ?} for what may stand there; null for all objects
     * @throws Damaged if the set is
     * @throws IOException if the vault cannot be read
     * @throws io.poolkeeper.step.StepFault if the domain controller does not answer, or the set holds no export
     */
    public static DirectoryChanges againstLive(Site site, StoredPart wanted, @Nullable String path)
            throws Damaged, IOException {
        return againstLive(site, wanted, Selection.of(path));
    }

    /**
     * What would bring one object to the state of a set.
     *
     * @param dn its whole distinguished name, now or in the set
     * @throws Damaged if the set is
     * @throws IOException if the vault cannot be read
     * @throws io.poolkeeper.step.StepFault if the domain controller does not answer, or the set holds no export
     */
    public static DirectoryChanges ofObject(Site site, StoredPart wanted, String dn) throws Damaged, IOException {
        return againstLive(site, wanted, Selection.exactly(dn));
    }

    private static DirectoryChanges againstLive(Site site, StoredPart wanted, Selection selection)
            throws Damaged, IOException {
        var work = new Unattended(LONG);
        requireWhole(wanted);
        var then = new StoredImage(wanted, work);
        try (var now = LiveImage.of(site, wanted.part().part(), work)) {
            return new DirectoryChanges(wanted, now.title(), Comparison.of(then, now, selection));
        }
    }

    /**
     * What leads from one set to another.
     *
     * @param present the set to begin with
     * @param wanted the set to come to
     * @throws Damaged if one of them is
     * @throws IOException if the vault cannot be read
     * @throws io.poolkeeper.step.StepFault if one of them holds no export
     */
    public static DirectoryChanges between(StoredPart present, StoredPart wanted) throws Damaged, IOException {
        var work = new Unattended(LONG);
        requireWhole(present);
        requireWhole(wanted);
        var now = new StoredImage(present, work);
        return new DirectoryChanges(
                wanted, now.title(), Comparison.of(new StoredImage(wanted, work), now, Selection.of(null)));
    }

    private static void requireWhole(StoredPart stored) throws Damaged, IOException {
        var damages = new ArrayList<>(PartCheck.againstLedger(stored));
        var media = MediaCheck.of(stored.setFolder(), stored.part().artefacts(), new Unattended(LONG));
        damages.addAll(media.damages());
        if (!damages.isEmpty()) {
            throw new Damaged("set " + stored.manifest().set() + " is damaged: "
                    + damages.stream().map(DirectoryChanges::told).collect(Collectors.joining("; ")));
        }
        if (media.unknown() != null) {
            throw new IOException(media.unknown());
        }
    }

    private static String told(Output.Damage damage) {
        return damage.file() + " " + damage.what();
    }

    /** Whether any object of the set, or any that is there now, has a name that was wanted. */
    public boolean isAboutSomething() {
        return result.compared() + result.present() > 0;
    }

    /** What is there now and would be lost, a line for each attribute or object. */
    public List<String> losses() {
        return result.changes().stream()
                .flatMap(change -> change.losses().stream())
                .toList();
    }

    /** What cannot be brought back, and why. */
    public List<String> blocked() {
        return result.changes().stream()
                .filter(change -> change.kind() == Kind.BLOCKED)
                .map(change -> change.dn() + " " + change.remark())
                .toList();
    }

    /** The change records in an order in which they can be applied, with comments. */
    public void writeLdif(PrintWriter out) {
        comment(
                out,
                "brings " + wanted.part().part() + " from " + present + " to set "
                        + wanted.manifest().set());
        for (var change : result.changes()) {
            out.println();
            var entry = change.asRecord();
            if (entry.isEmpty()) {
                comment(out, change.dn());
            }
            remarks(change).forEach(remark -> comment(out, remark));
            entry.ifPresent(found -> {
                for (var line : found.toLDIF(WRAP)) {
                    out.println(line);
                }
            });
        }
        out.println();
        account().forEach(line -> comment(out, line));
        out.flush();
    }

    private static List<String> remarks(ObjectChange change) {
        var remarks = new ArrayList<String>();
        Optional.ofNullable(change.remark()).ifPresent(remarks::add);
        var others = change.leftOut().stream()
                .filter(attribute -> attribute.fate() == Fate.NOT_OCS)
                .map(AttributeChange::name)
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            remarks.add("differs too and stays, because it is not OCS's: " + others);
        }
        return remarks;
    }

    /** No name or value may end a comment and begin a record. */
    private static void comment(PrintWriter out, String text) {
        out.println("# " + text.replaceAll("\\p{Cntrl}", "?"));
    }

    /** What was compared, and what was left out of the records, in words. */
    public List<String> account() {
        var lines = new ArrayList<String>();
        lines.add("%d objects of set %s compared with %s: %d change records"
                .formatted(result.compared(), wanted.manifest().set(), present, records()));
        leftOut()
                .forEach((fate, names) -> lines.add(
                        "left out: %d attributes %s: %s".formatted(sum(names), REASONS.get(fate), counted(names))));
        if (result.touched() > 0) {
            lines.add(result.touched() + " objects differ in nothing but what the system writes");
        }
        if (!blocked().isEmpty()) {
            lines.add(blocked().size() + " objects differ and no record can change that; comments say why");
        }
        return lines;
    }

    private long records() {
        return result.changes().stream()
                .filter(change -> change.asRecord().isPresent())
                .count();
    }

    private static String counted(Map<String, Integer> names) {
        return names.entrySet().stream()
                .map(name -> name.getKey() + " " + name.getValue())
                .collect(Collectors.joining(", "));
    }

    private static int sum(Map<String, Integer> names) {
        return names.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Map<Fate, Map<String, Integer>> leftOut() {
        var counts = new TreeMap<Fate, Map<String, Integer>>();
        for (var change : result.changes()) {
            for (var attribute : change.leftOut()) {
                counts.computeIfAbsent(attribute.fate(), none -> new TreeMap<>())
                        .merge(attribute.name(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** A line for each object that differs, and one for all. */
    public List<ObjectNode> lines() {
        var lines = new ArrayList<ObjectNode>();
        result.changes().forEach(change -> lines.add(line(change)));
        var counts = new LinkedHashMap<String, Integer>();
        for (var fate : REASONS.keySet()) {
            counts.put(fate.word(), sum(leftOut().getOrDefault(fate, Map.of())));
        }
        var all = head("directory-difference")
                .put("from", present)
                .put("compared", result.compared())
                .put("records", records())
                .put("blocked", blocked().size())
                .put("touched", result.touched());
        all.set("leftOut", Json.node(counts));
        lines.add(all);
        return lines;
    }

    private ObjectNode head(String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("message_type", type)
                .put("version", 1)
                .put("part", wanted.part().part().toString())
                .put("set", wanted.manifest().set());
    }

    private ObjectNode line(ObjectChange change) {
        var line = head("directory-change")
                .put("dn", change.dn())
                .put("change", change.kind().word())
                .put("remark", change.remark());
        var attributes = line.putArray("attributes");
        for (var attribute : change.attributes()) {
            var node = attributes
                    .addObject()
                    .put("name", attribute.name())
                    .put("fate", attribute.fate().word());
            node.set("add", Json.node(values(attribute.add())));
            node.set("delete", Json.node(values(attribute.delete())));
        }
        return line;
    }

    private static List<Map<String, String>> values(List<com.unboundid.asn1.ASN1OctetString> values) {
        return values.stream()
                .map(value -> new AttributeChange.Value(value).json())
                .toList();
    }
}
