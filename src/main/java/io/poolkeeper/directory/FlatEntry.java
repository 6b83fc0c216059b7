// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One entry after the other, as pieces of the bytes in which it came: an export copies each value once, and only into what
 * it writes. Attributes without values are left out. Not thread-safe.
 */
final class FlatEntry {
    private static final int ENTRY = 0x64;
    private static final int FEW = 64;
    private static final byte[] DN = {'d', 'n'};

    private final AttributeName.Known known = new AttributeName.Known();
    private byte[] bytes = {};
    private int dnFrom;
    private int dnLength;
    private AttributeName[] names = new AttributeName[FEW];
    private int[] firsts = new int[FEW];
    private int[] ends = new int[FEW];
    private int[] order = new int[FEW];
    private int attributes;
    private int[] from = new int[FEW];
    private int[] length = new int[FEW];
    private int values;

    /**
     * Reads an entry that came from a server: SearchResultEntry of RFC 4511 section 4.5.2.
     *
     * @param message must not change while this entry is used
     * @throws LDAPException if there is none
     */
    void read(byte[] message, int position, int end) throws LDAPException {
        clear(message);
        var ber = new Ber(message, position, end);
        var entryEnd = ber.open(ENTRY);
        var dnEnd = ber.open(Ber.OCTETS);
        dnFrom = ber.at();
        dnLength = dnEnd - dnFrom;
        ber.close(dnEnd);
        var listEnd = ber.open(Ber.SEQUENCE);
        while (ber.at() < listEnd) {
            attribute(ber);
        }
        ber.mustEnd(listEnd);
        ber.mustEnd(entryEnd);
        sort();
    }

    private void attribute(Ber ber) throws LDAPException {
        var end = ber.open(Ber.SEQUENCE);
        var nameEnd = ber.open(Ber.OCTETS);
        var name = known.of(bytes, ber.at(), nameEnd - ber.at());
        ber.close(nameEnd);
        var setEnd = ber.open(Ber.SET);
        while (ber.at() < setEnd) {
            var valueEnd = ber.open(Ber.OCTETS);
            value(ber.at(), valueEnd - ber.at());
            ber.close(valueEnd);
        }
        ber.mustEnd(setEnd);
        ber.mustEnd(end);
        attribute(name);
    }

    /** Takes over an entry of the LDAP library. */
    void copy(Entry entry) {
        var dn = entry.getDN().getBytes(StandardCharsets.UTF_8);
        var size = dn.length;
        for (var attribute : entry.getAttributes()) {
            for (var value : attribute.getRawValues()) {
                size += value.getValueLength();
            }
        }
        clear(Arrays.copyOf(dn, size));
        dnFrom = 0;
        dnLength = dn.length;
        var at = dn.length;
        for (var attribute : entry.getAttributes()) {
            for (var value : attribute.getRawValues()) {
                var content = value.getValue();
                System.arraycopy(content, 0, bytes, at, content.length);
                value(at, content.length);
                at += content.length;
            }
            var name = attribute.getName().getBytes(StandardCharsets.UTF_8);
            attribute(known.of(name, 0, name.length));
        }
        sort();
    }

    private void clear(byte[] newBytes) {
        known.limit();
        bytes = newBytes;
        attributes = 0;
        values = 0;
    }

    private void value(int start, int size) {
        if (values == from.length) {
            from = Arrays.copyOf(from, values * 2);
            length = Arrays.copyOf(length, values * 2);
        }
        from[values] = start;
        length[values++] = size;
    }

    /** What came since the last attribute are the values of this one. */
    private void attribute(AttributeName name) {
        var first = attributes == 0 ? 0 : ends[attributes - 1];
        if (values == first) {
            return;
        }
        if (attributes == names.length) {
            names = Arrays.copyOf(names, attributes * 2);
            firsts = Arrays.copyOf(firsts, attributes * 2);
            ends = Arrays.copyOf(ends, attributes * 2);
            order = new int[attributes * 2];
        }
        names[attributes] = name;
        firsts[attributes] = first;
        ends[attributes++] = values;
    }

    /** Sorts the attributes by name; they are few. */
    private void sort() {
        for (var i = 0; i < attributes; i++) {
            var rank = names[i].rank();
            var place = i;
            for (; place > 0 && names[order[place - 1]].rank() > rank; place--) {
                order[place] = order[place - 1];
            }
            order[place] = i;
        }
    }

    /** Whether each attribute came whole and once. Otherwise the LDAP library knows how to put them together. */
    boolean isWhole() {
        for (var i = 0; i < attributes; i++) {
            if (names[order[i]].slice || (i > 0 && names[order[i]].rank() == names[order[i - 1]].rank())) {
                return false;
            }
        }
        return true;
    }

    /** The same for the LDAP library, which puts together attributes that came in pieces. */
    Entry entry() {
        var entry = new Entry(dn());
        for (var i = 0; i < attributes; i++) {
            var content = new byte[ends[i] - firsts[i]][];
            for (var value = 0; value < content.length; value++) {
                var start = from[firsts[i] + value];
                content[value] = Arrays.copyOfRange(bytes, start, start + length[firsts[i] + value]);
            }
            entry.addAttribute(new String(names[i].spelled, StandardCharsets.UTF_8), content);
        }
        return entry;
    }

    /** The distinguished name as the server spells it. */
    String dn() {
        return new String(bytes, dnFrom, dnLength, StandardCharsets.UTF_8);
    }

    /**
     * Leaves out the attributes that hold secrets.
     *
     * @return how many there were
     */
    int removeSecrets() {
        var kept = 0;
        for (var i = 0; i < attributes; i++) {
            if (!names[i].secret) {
                names[kept] = names[i];
                firsts[kept] = firsts[i];
                ends[kept++] = ends[i];
            }
        }
        var removed = attributes - kept;
        if (removed > 0) {
            attributes = kept;
            sort();
        }
        return removed;
    }

    /** Writes all attributes in the order in which they came. */
    void write(LdifText text) throws IOException {
        text.line(DN, bytes, dnFrom, dnLength);
        for (var i = 0; i < attributes; i++) {
            for (var value = firsts[i]; value < ends[i]; value++) {
                text.line(names[i].spelled, bytes, from[value], length[value]);
            }
        }
        text.end();
    }

    /** Gives the pieces of the canonical form: {@link EntrySum}. */
    void canonical(EntrySum.Form form) {
        form.piece(bytes, dnFrom, dnLength);
        for (var i = 0; i < attributes; i++) {
            var attribute = order[i];
            form.piece(names[attribute].lower, 0, names[attribute].lower.length);
            form.number(ends[attribute] - firsts[attribute]);
            sortValues(firsts[attribute], ends[attribute]);
            for (var value = firsts[attribute]; value < ends[attribute]; value++) {
                form.piece(bytes, from[value], length[value]);
            }
        }
    }

    /** Sorts some values by their bytes, which must be written by then. */
    private void sortValues(int first, int end) {
        if (end - first < 2) {
            return;
        }
        var places = new Integer[end - first];
        Arrays.setAll(places, i -> first + i);
        Arrays.sort(places, this::compare);
        var sortedFrom = new int[places.length];
        var sortedLength = new int[places.length];
        for (var i = 0; i < places.length; i++) {
            sortedFrom[i] = from[places[i]];
            sortedLength[i] = length[places[i]];
        }
        System.arraycopy(sortedFrom, 0, from, first, places.length);
        System.arraycopy(sortedLength, 0, length, first, places.length);
    }

    private int compare(int one, int other) {
        return Arrays.compareUnsigned(
                bytes, from[one], from[one] + length[one], bytes, from[other], from[other] + length[other]);
    }
}
