// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Owners and access lists as a file server sends them, and as text. */
class SecurityDescriptorTest {
    private static final int PROTECTED = 0x1000;
    private static final int AUTO_INHERITED = 0x0400;
    private static final int AUTO_INHERIT_ASKED = 0x0100;
    private static final int PRESENT = 0x0004;
    private static final int RELATIVE = 0x8000;

    /** The rules of MS-DTYP 2.4 once more, the other way round. */
    private static final class Bytes {
        private final ByteBuffer out = ByteBuffer.allocate(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);

        static byte[] of(SecurityDescriptor descriptor) {
            return new Bytes().write(descriptor);
        }

        private byte[] write(SecurityDescriptor descriptor) {
            out.position(20);
            var owner = at(descriptor.owner());
            var group = at(descriptor.group());
            var access = at(descriptor.access());
            var end = out.position();
            out.position(0);
            out.put((byte) 1).put((byte) 0);
            out.putShort((short) (RELATIVE | descriptor.control() | (descriptor.present() ? PRESENT : 0)));
            out.putInt(owner).putInt(group).putInt(0).putInt(access);
            var bytes = new byte[end];
            out.get(0, bytes);
            return bytes;
        }

        private int at(@Nullable Sid sid) {
            if (sid == null) {
                return 0;
            }
            var at = out.position();
            put(sid);
            return at;
        }

        private int at(@Nullable List<Ace> access) {
            if (access == null) {
                return 0;
            }
            var at = out.position();
            out.put((byte) 2).put((byte) 0).putShort((short) 0);
            out.putShort((short) access.size()).putShort((short) 0);
            access.forEach(this::put);
            out.putShort(at + 2, (short) (out.position() - at));
            return at;
        }

        private void put(Ace ace) {
            var at = out.position();
            var code = switch (ace.type()) {
                case ALLOW -> 0;
                case DENY -> 1;
                case ALLOW_OBJECT -> 5;
                case DENY_OBJECT -> 6;
            };
            out.put((byte) code).put((byte) ace.flags()).putShort((short) 0).putInt(ace.mask());
            if (code >= 5) {
                out.putInt((ace.object() == null ? 0 : 1) | (ace.inherited() == null ? 0 : 2));
                put(ace.object());
                put(ace.inherited());
            }
            put(ace.sid());
            out.putShort(at + 2, (short) (out.position() - at));
        }

        private void put(@Nullable UUID guid) {
            if (guid != null) {
                var high = guid.getMostSignificantBits();
                out.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
                out.putLong(Long.reverseBytes(guid.getLeastSignificantBits()));
            }
        }

        private void put(Sid sid) {
            out.put((byte) 1).put((byte) sid.parts().size());
            for (var shift = 40; shift >= 0; shift -= 8) {
                out.put((byte) (sid.authority() >>> shift));
            }
            sid.parts().forEach(part -> out.putInt((int) (long) part));
        }
    }

    @Property(tries = 500)
    void anyDescriptorComesThroughAsText(@ForAll("descriptors") SecurityDescriptor descriptor) throws Exception {
        var read = SecurityDescriptor.of(Bytes.of(descriptor));

        assertThat(read).isEqualTo(descriptor);
        assertThat(SecurityDescriptor.parse(read.sddl())).isEqualTo(descriptor);
        assertThat(read.sddl()).matches("[A-Za-z0-9:;()_-]*");
    }

    @Property(tries = 500)
    void whateverIsCutOffIsNotUnderstoodAndNothingWorse(
            @ForAll("descriptors") SecurityDescriptor descriptor, @ForAll("cuts") double cut) {
        var bytes = Bytes.of(descriptor);
        var part = java.util.Arrays.copyOf(bytes, (int) (bytes.length * cut));

        try {
            assertThat(SecurityDescriptor.of(part)).isEqualTo(descriptor);
            assertThat(part).hasSameSizeAs(bytes);
        } catch (SecurityDescriptor.NotUnderstood e) {
            assertThat(e).hasMessageContaining("not understood");
        }
    }

    @Provide
    Arbitrary<Double> cuts() {
        return Arbitraries.doubles().between(0, 1);
    }

    @Provide
    Arbitrary<SecurityDescriptor> descriptors() {
        var entries = aces().list().ofMaxSize(8);
        var control = Arbitraries.of(0, PROTECTED, AUTO_INHERITED, AUTO_INHERIT_ASKED)
                .set()
                .map(bits -> bits.stream().mapToInt(bit -> bit).sum());
        return Combinators.combine(sids().injectNull(0.1), sids().injectNull(0.1), control, entries.injectNull(0.1))
                .as((owner, group, bits, access) -> new SecurityDescriptor(owner, group, bits, access, true));
    }

    private Arbitrary<Ace> aces() {
        var guids =
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
        return Combinators.combine(
                        Arbitraries.of(Ace.Type.values()),
                        Arbitraries.integers().between(0, 31),
                        Arbitraries.integers(),
                        guids.injectNull(0.5),
                        guids.injectNull(0.5),
                        sids())
                .as((type, flags, mask, object, inherited, sid) -> new Ace(
                        type,
                        flags,
                        mask,
                        type.isOfObject() ? object : null,
                        type.isOfObject() ? inherited : null,
                        sid));
    }

    private Arbitrary<Sid> sids() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, (1L << 48) - 1),
                        Arbitraries.longs().between(0, (1L << 32) - 1).list().ofMaxSize(15))
                .as(Sid::new);
    }

    @Example
    void readsADescriptorByteByByte() throws Exception {
        var head = "01000484" + "14000000" + "30000000" + "00000000" + "4c000000";
        var owner = "010500000000000515000000010000000200000003000000" + "51040000";
        var group = "010500000000000515000000010000000200000003000000" + "01020000";
        var access = "0200340002000000"
                + "00031800ff011f0001020000000000052000000020020000"
                + "01101400a9001200010100000000000100000000";
        var bytes = HexFormat.of().parseHex(head + owner + group + access);

        assertThat(SecurityDescriptor.of(bytes).sddl())
                .isEqualTo("O:S-1-5-21-1-2-3-1105G:S-1-5-21-1-2-3-513"
                        + "D:AI(A;OICI;0x1f01ff;;;S-1-5-32-544)(D;ID;0x1200a9;;;S-1-1-0)");
    }

    @Example
    void tellsNoAccessListFromAnEmptyOneAndFromOneThatWasNotTold() throws Exception {
        var owner = new Sid(5, List.of(18L));
        var none = new SecurityDescriptor(owner, null, 0, null, true);
        var empty = new SecurityDescriptor(owner, null, PROTECTED, List.of(), true);
        var untold = new SecurityDescriptor(owner, null, 0, null, false);

        assertThat(none.sddl()).isEqualTo("O:S-1-5-18D:NO_ACCESS_CONTROL");
        assertThat(empty.sddl()).isEqualTo("O:S-1-5-18D:P");
        assertThat(untold.sddl()).isEqualTo("O:S-1-5-18");
        for (var descriptor : List.of(none, empty, untold)) {
            assertThat(SecurityDescriptor.of(Bytes.of(descriptor))).isEqualTo(descriptor);
            assertThat(SecurityDescriptor.parse(descriptor.sddl())).isEqualTo(descriptor);
        }
    }

    @Example
    void refusesWhatItHasNoWordsFor() {
        var descriptor = new SecurityDescriptor(
                null, null, 0, List.of(new Ace(Ace.Type.ALLOW, 0, 1, null, null, new Sid(1, List.of(0L)))), true);
        var conditional = Bytes.of(descriptor);
        conditional[20 + 8] = 9;

        assertThatThrownBy(() -> SecurityDescriptor.of(conditional))
                .hasMessageContaining("an entry of type 0x09 in its access list");
        for (var text :
                List.of("O:BA", "D:(A;;FA;;;S-1-1-0)", "D:(A;XX;0x1;;;S-1-1-0)", "D:(A;;0x1;;;S-1-1-0)\r\nx", "x")) {
            assertThatThrownBy(() -> SecurityDescriptor.parse(text))
                    .as(text)
                    .isInstanceOf(SecurityDescriptor.NotUnderstood.class);
        }
    }
}
