// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Mutated;
import io.poolkeeper.set.Disk;
import io.poolkeeper.step.TestWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Files of other products' backups that somebody spoiled. */
class FormatFuzzTest {
    private static Path folder;

    /** A file of another product. */
    static final class Sample {
        private final String name;
        private final byte[] bytes;

        Sample(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        @Override
        public String toString() {
            return name + " of " + bytes.length + " bytes";
        }
    }

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("format-fuzz");
    }

    @AfterContainer
    static void clean() throws IOException {
        Disk.delete(folder);
    }

    private static List<Sample> samples() {
        try {
            var zip = new ByteArrayOutputStream();
            try (var out = new ZipOutputStream(zip)) {
                for (var name : List.of("a.txt", "b/", "../c.txt")) {
                    out.putNextEntry(new ZipEntry(name));
                    out.write(
                            name.endsWith("/")
                                    ? new byte[0]
                                    : "some text ".repeat(20).getBytes(StandardCharsets.UTF_8));
                }
            }
            var gzip = new ByteArrayOutputStream();
            try (var out = new GZIPOutputStream(gzip)) {
                out.write("<a><b c='d'>e</b></a>".getBytes(StandardCharsets.UTF_8));
            }
            return List.of(
                    new Sample("a.zip", zip.toByteArray()),
                    new Sample("a.xml.gz", gzip.toByteArray()),
                    new Sample("a.xml", "<a><b c='d'>e</b></a>".getBytes(StandardCharsets.UTF_16)),
                    new Sample("a.ldif", "version: 1\ndn: CN=a\ncn: a\n".getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static java.util.Optional<String> fault(Sample sample) throws IOException {
        var file = Files.write(folder.resolve(sample.name), sample.bytes);
        return Format.of(sample.name).fault(file, new TestWork(folder, folder, folder));
    }

    @Example
    void theSamplesAreGoodAsTheyAre() throws IOException {
        for (var sample : samples()) {
            assertThat(fault(sample)).as(sample.name).isEmpty();
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("c.txt");
        }
    }

    @Provide
    Arbitrary<Sample> spoiled() {
        return Arbitraries.of(samples())
                .flatMap(sample -> Mutated.of(sample.bytes).map(bytes -> new Sample(sample.name, bytes)));
    }

    @Property(tries = 700)
    void isGoodOrHasAFaultThatIsSaid(@ForAll("spoiled") Sample sample) throws IOException {
        fault(sample).ifPresent(said -> assertThat(said).startsWith("cannot be read to its end as"));
    }

    @Example
    void anEntityIsNoWayToFillTheMemory() throws IOException {
        var laughs = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 'ha'>");
        for (var i = 1; i < 40; i++) {
            laughs.append("<!ENTITY e")
                    .append(i)
                    .append(" '&e")
                    .append(i - 1)
                    .append(";&e")
                    .append(i - 1)
                    .append(";'>");
        }
        var text = laughs.append("]><a>&e39;</a>").toString();

        fault(new Sample("a.xml", text.getBytes(StandardCharsets.UTF_8)));
        fault(new Sample("a.xml", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x'><a/>".getBytes(StandardCharsets.UTF_8)));
    }
}
