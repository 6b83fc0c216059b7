// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Mutated;
import io.poolkeeper.set.Disk;
import io.poolkeeper.step.TestWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** An export of a directory that somebody spoiled is the same as it was, or damaged. */
class LdifFuzzTest {
    private static final String LDIF = """
            version: 1

            dn: CN=RTC Service,CN=Services,CN=Configuration,DC=ocs,DC=lab
            objectClass: top
            objectClass: container
            cn: RTC Service
            objectGUID:: AAECAwQFBgcICQoLDA0ODw==
            description: a long line that goes on
              in the next one
            # a comment

            dn:: Q049w4RuZyxEQz1vY3MsREM9bGFi
            objectClass: user
            msRTCSIP-PrimaryUserAddress: sip:aeng@ocs.lab
            member: CN=a\\, b,DC=ocs,DC=lab
            """;

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("ldif-fuzz");
    }

    @AfterContainer
    static void clean() throws IOException {
        Disk.delete(folder);
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static EntrySum read(byte[] bytes) throws IOException, LdifFile.Damaged {
        var file = Files.write(folder.resolve("a.ldif.gz"), bytes);
        return LdifFile.read(file, new TestWork(folder, folder, folder), entry -> {});
    }

    @Example
    void theExportIsReadAsItIs() throws Exception {
        assertThat(read(gzip(LDIF.getBytes(StandardCharsets.UTF_8))).entries()).isEqualTo(2);
    }

    @Provide
    Arbitrary<byte[]> packed() {
        return Mutated.of(gzip(LDIF.getBytes(StandardCharsets.UTF_8)));
    }

    @Provide
    Arbitrary<byte[]> inside() {
        return Mutated.of(LDIF.getBytes(StandardCharsets.UTF_8)).map(LdifFuzzTest::gzip);
    }

    @Property(tries = 500)
    void isReadOrCalledDamagedWhateverItsBytes(@ForAll("packed") byte[] bytes) throws IOException {
        isReadOrCalledDamaged(bytes);
    }

    @Property(tries = 700)
    void isReadOrCalledDamagedWhateverItsLines(@ForAll("inside") byte[] bytes) throws IOException {
        isReadOrCalledDamaged(bytes);
    }

    private static void isReadOrCalledDamaged(byte[] bytes) throws IOException {
        try {
            assertThat(read(bytes).hex()).hasSize(64);
        } catch (LdifFile.Damaged e) {
            assertThat(e.what()).isNotBlank();
        }
    }
}
