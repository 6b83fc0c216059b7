// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import io.poolkeeper.step.Work;
import java.io.BufferedReader;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/** The formats that are read here to their end; of all others only the bytes can be looked at. Told by the file's name. */
enum Format {
    ZIP,
    XML,
    LDIF,
    GZIP,
    /** A disk image or an archive of a format that nothing here reads. */
    OPAQUE,
    /** Whatever an application wrote: where files are kept one by one, the file itself is the content. */
    PLAIN;

    private static final int BUFFER = 1 << 16;

    static Format of(String name) {
        return switch (extension(name)) {
            case "zip" -> ZIP;
            case "xml" -> XML;
            case "ldif", "ldf" -> LDIF;
            case "gz" -> GZIP;
            case "vhd", "vhdx", "avhd", "avhdx", "bkf", "vbk", "vib", "tib", "v2i", "spf", "wim" -> OPAQUE;
            default -> PLAIN;
        };
    }

    private static String extension(String name) {
        var dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a file to its end.
     *
     * @return what is wrong with it; empty if nothing is
     * @throws IOException if it cannot be read
     */
    Optional<String> fault(Path file, Work work) throws IOException {
        try {
            switch (this) {
                case ZIP -> zip(file, work);
                case XML -> {
                    try (var in = Files.newInputStream(file)) {
                        xml(in, work);
                    }
                }
                case LDIF -> {
                    try (var in = Files.newInputStream(file)) {
                        ldif(in);
                    }
                }
                case GZIP -> gzip(file, work);
                case OPAQUE, PLAIN -> {} // nothing here knows what should be in it
            }
            return Optional.empty();
        } catch (Malformed | ZipException | EOFException e) {
            return Optional.of(
                    "cannot be read to its end as " + name().toLowerCase(Locale.ROOT) + ": " + e.getMessage());
        }
    }

    private static final class Malformed extends IOException {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    private static void zip(Path file, Work work) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                try (var in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
                    drain(in, work);
                    if (!entry.isDirectory() && in.getChecksum().getValue() != entry.getCrc()) {
                        throw new Malformed("entry " + entry.getName() + " has another checksum (CRC-32)");
                    }
                }
            }
        }
    }

    private static void xml(InputStream in, Work work) throws IOException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            var reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                reader.next();
                work.checkCancelled();
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException unreadable
                    && !(unreadable instanceof CharConversionException)) {
                throw unreadable;
            }
            throw new Malformed(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    /** After comments and empty lines there is a version or the first entry (RFC 2849). */
    private static void ldif(InputStream in) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var text = line.strip();
            if (text.startsWith("version:") || text.startsWith("dn:")) {
                return;
            }
            if (!text.isEmpty() && !text.startsWith("#")) {
                throw new Malformed("it begins with neither version: nor dn:");
            }
        }
        throw new Malformed("it holds no entry");
    }

    /** First whether it unpacks to its end, then what is in it: a parser closes what it has read. */
    private static void gzip(Path file, Work work) throws IOException {
        try (var raw = Files.newInputStream(file);
                var in = new GZIPInputStream(raw)) {
            drain(in, work);
        }
        var inner = of(String.valueOf(file.getFileName()).replaceFirst("(?i)\\.gz$", ""));
        try (var raw = Files.newInputStream(file);
                var in = new GZIPInputStream(raw)) {
            if (inner == XML) {
                xml(in, work);
            } else if (inner == LDIF) {
                ldif(in);
            }
        }
    }

    private static void drain(InputStream in, Work work) throws IOException {
        var buffer = new byte[BUFFER];
        while (in.read(buffer) >= 0) {
            work.checkCancelled();
        }
    }
}
