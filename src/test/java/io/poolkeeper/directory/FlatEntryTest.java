// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FlatEntryTest {
    private static final int WRAP = 76;
    private static final List<String> NAMES = List.of("cn", "description", "objectGUID", "msRTCSIP-Line", "CN-long");

    private final FlatEntry flat = new FlatEntry();

    @Property(tries = 300)
    void isWrittenAsTheLdapLibraryWritesIt(@ForAll("entries") List<Entry> entries) throws Exception {
        var ours = new ByteArrayOutputStream();
        var theirs = new ByteArrayOutputStream();
        var text = new LdifText(ours);
        try (var writer = new LDIFWriter(theirs)) {
            writer.setWrapColumn(WRAP);
            for (var entry : entries) {
                received(entry);
                flat.write(text);
                writer.writeEntry(withoutEmpty(entry));
            }
        }
        text.flush();

        assertThat(ours.toString(StandardCharsets.ISO_8859_1))
                .isEqualTo(theirs.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n"));
        assertThat(text.count()).isEqualTo(ours.size());
    }

    @Property(tries = 300)
    void hasTheSumThatIsWrittenDown(@ForAll("entries") List<Entry> entries) throws Exception {
        var received = new EntrySum();
        var copied = new EntrySum();
        var expected = BigInteger.ZERO;
        for (var entry : entries) {
            received(entry);
            received.add(flat);
            copied.add(entry);
            expected = expected.add(hash(entry)).mod(BigInteger.ONE.shiftLeft(256));
        }

        assertThat(received.hex()).isEqualTo("%064x".formatted(expected)).isEqualTo(copied.hex());
    }

    @Property(tries = 300)
    void isTheSameEntryForTheLibrary(@ForAll("entries") List<Entry> entries) throws Exception {
        for (var entry : entries) {
            received(entry);
            assertThat(flat.isWhole()).isTrue();
            assertThat(flat.entry()).isEqualTo(withoutEmpty(entry));
        }
    }

    @Test
    void isNotWholeWithASliceOfValuesOrTheSameAttributeTwice() throws Exception {
        received(new Entry("CN=a", new Attribute("member;range=0-1", "CN=x", "CN=y")));
        assertThat(flat.isWhole()).isFalse();

        var twice = new SearchResultEntryProtocolOp(
                "CN=a", List.of(new Attribute("cn", "a"), new Attribute("mail", "m"), new Attribute("CN", "b")));
        received(twice);
        assertThat(flat.isWhole()).isFalse();
        assertThat(flat.entry().getAttributeValues("cn")).containsExactly("a", "b");
    }

    @Test
    void leavesOutSecretsWhateverTheirOptions() throws Exception {
        received(new Entry(
                "CN=a",
                new Attribute("unicodePwd;binary", "secret"),
                new Attribute("cn", "a"),
                new Attribute("ms-Mcs-AdmPwd", "secret", "another")));

        assertThat(flat.removeSecrets()).isEqualTo(2);
        assertThat(flat.entry()).isEqualTo(new Entry("CN=a", new Attribute("cn", "a")));
    }

    @Test
    void knowsManyNamesWithoutMixingThemUp() throws Exception {
        for (var i = 0; i < 10_000; i++) {
            var entry = new Entry("CN=a", new Attribute("name" + i, "v" + i), new Attribute("cn", "a"));
            received(entry);
            assertThat(flat.isWhole()).isTrue();
            assertThat(flat.entry()).isEqualTo(entry);
        }
    }

    @Test
    void isReadOrRefusedAtEveryByteThatCouldBeWrong() throws Exception {
        var message = message(new SearchResultEntryProtocolOp("CN=a", List.of(new Attribute("cn", "a", "b"))));
        for (var i = position(message); i < message.length; i++) {
            for (var wrong = 0; wrong < 256; wrong++) {
                var bytes = message.clone();
                bytes[i] = (byte) wrong;
                try {
                    flat.read(bytes, position(message), bytes.length);
                    flat.write(new LdifText(new ByteArrayOutputStream()));
                } catch (LDAPException e) {
                    assertThat(e).hasMessage("what came is not LDAP");
                }
            }
        }
        assertThatThrownBy(() -> flat.read(message, position(message), message.length - 1))
                .isInstanceOf(LDAPException.class);
    }

    private void received(Entry entry) throws LDAPException {
        received(new SearchResultEntryProtocolOp(entry));
    }

    private void received(SearchResultEntryProtocolOp entry) throws LDAPException {
        var message = message(entry);
        flat.read(message, position(message), message.length);
    }

    private static byte[] message(SearchResultEntryProtocolOp entry) {
        return new LDAPMessage(1, entry).encode().encode();
    }

    private static int position(byte[] message) throws LDAPException {
        var ber = new Ber(message, 0, message.length);
        ber.open(Ber.SEQUENCE);
        ber.number();
        return ber.at();
    }

    private static Entry withoutEmpty(Entry entry) {
        var kept = new Entry(entry.getDN());
        entry.getAttributes().stream().filter(Attribute::hasValue).forEach(kept::addAttribute);
        return kept;
    }

    /** As the documentation of {@link EntrySum} says it. */
    private static BigInteger hash(Entry entry) throws IOException, NoSuchAlgorithmException {
        var bytes = new ByteArrayOutputStream();
        var form = new DataOutputStream(bytes);
        piece(form, entry.getDN().getBytes(StandardCharsets.UTF_8));
        var attributes = new ArrayList<>(withoutEmpty(entry).getAttributes());
        attributes.sort(Comparator.comparing(attribute -> attribute.getName().toLowerCase(Locale.ROOT)));
        for (var attribute : attributes) {
            piece(form, attribute.getName().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            var values = attribute.getValueByteArrays();
            form.writeInt(values.length);
            Arrays.sort(values, Arrays::compareUnsigned);
            for (var value : values) {
                piece(form, value);
            }
        }
        return new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    }

    private static void piece(DataOutputStream form, byte[] bytes) throws IOException {
        form.writeInt(bytes.length);
        form.write(bytes);
    }

    @Provide
    static Arbitrary<List<Entry>> entries() {
        return entry().list().ofMinSize(1).ofMaxSize(5);
    }

    private static Arbitrary<Entry> entry() {
        var attributes = Arbitraries.of(NAMES).list().uniqueElements().flatMap(FlatEntryTest::attributes);
        var dn = Arbitraries.strings().withChars("aé ,\\\r\n<:").ofMaxLength(90);
        return Combinators.combine(dn, attributes).as(Entry::new);
    }

    private static Arbitrary<List<Attribute>> attributes(List<String> names) {
        var each = names.stream()
                .map(name -> values().map(values -> new Attribute(name, values)))
                .toList();
        return Combinators.combine(each).as(all -> all);
    }

    private static Arbitrary<byte[][]> values() {
        var plain =
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(260).map(FlatEntryTest::utf8);
        var any = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        var much = Arbitraries.integers().between(30_000, 70_000).map(size -> utf8("x".repeat(size)));
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(10, plain),
                        net.jqwik.api.Tuple.of(5, any),
                        net.jqwik.api.Tuple.of(1, much))
                .list()
                .ofMaxSize(4)
                .map(list -> list.toArray(byte[][]::new));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
