// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;

/**
 * Looks for secrets in bytes however they may have been written: as they are, in UTF-16 of both orders, URL-encoded, escaped for
 * JSON or XML, and in base64 at each of its three alignments. Looks into ZIP archives, gzip files and folded lines of mails.
 */
final class SecretSearch {
    private static final int START = 4;

    /** All needles by their first four bytes, so that one pass over the bytes finds any. */
    private final Map<Integer, List<Needle>> needles = new HashMap<>();

    private static final class Needle {
        private final String name;
        private final byte[] bytes;

        Needle(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }
    }

    /** Looks for secrets by name. */
    SecretSearch(Map<String, String> secrets) {
        secrets.forEach(this::add);
    }

    private void add(String name, String secret) {
        add(name + " as it is", secret, StandardCharsets.UTF_8);
        add(name + " in UTF-16LE", secret, StandardCharsets.UTF_16LE);
        add(name + " in UTF-16BE", secret, StandardCharsets.UTF_16BE);
        var encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        add(name + " as of a form", encoded, StandardCharsets.UTF_8);
        add(name + " as of a URL", encoded.replace("+", "%20"), StandardCharsets.UTF_8);
        add(name + " in JSON", escaped(secret), StandardCharsets.UTF_8);
        add(name + " in HTML", marked(secret).replace("\"", "&quot;").replace("'", "&#39;"), StandardCharsets.UTF_8);
        add(name + " in XML", marked(secret), StandardCharsets.UTF_8);
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
            for (var shift = 0; shift < 3; shift++) {
                var text = base64(secret.getBytes(charset), shift);
                add(name + " in base64, shifted by " + shift, text, StandardCharsets.US_ASCII);
                add(
                        name + " in base64 for URLs, shifted by " + shift,
                        text.replace('+', '-').replace('/', '_'),
                        StandardCharsets.US_ASCII);
            }
        }
    }

    private static String escaped(String secret) {
        return secret.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String marked(String secret) {
        return secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** What is the same whatever stands before and after the secret. */
    private static String base64(byte[] secret, int shift) {
        var shifted = new byte[shift + secret.length];
        System.arraycopy(secret, 0, shifted, shift, secret.length);
        var text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return text.substring((shift * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    private void add(String name, String text, Charset charset) {
        var bytes = text.getBytes(charset);
        var same = needles.computeIfAbsent(start(bytes, 0), key -> new ArrayList<>());
        if (same.stream().noneMatch(needle -> Arrays.equals(needle.bytes, bytes))) {
            same.add(new Needle(name, bytes));
        }
    }

    private static int start(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes, at, START).getInt();
    }

    /** The names and forms of the secrets in some bytes. */
    Set<String> in(byte[] bytes) {
        var found = new TreeSet<String>();
        for (var at = 0; at + START <= bytes.length; at++) {
            var candidates = needles.get(start(bytes, at));
            if (candidates != null) {
                for (var needle : candidates) {
                    if (isAt(bytes, at, needle.bytes)) {
                        found.add(needle.name);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isAt(byte[] bytes, int at, byte[] needle) {
        return at + needle.length <= bytes.length
                && Arrays.equals(bytes, at, at + needle.length, needle, 0, needle.length);
    }

    /** The names and forms of the secrets in a text. */
    Set<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What stands in the names and contents of all files of a folder, as {@code file: secret}.
     *
     * @param except what is not looked at
     */
    List<String> below(Path folder, Set<Path> except) throws IOException {
        var found = new ArrayList<String>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return except.contains(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && !except.contains(file)) {
                    inFile(file).forEach(secret -> found.add(folder.relativize(file) + ": " + secret));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // a temporary file of a server that still runs
                }
                throw failure;
            }
        });
        return found;
    }

    private Set<String> inFile(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        var found = new TreeSet<>(in(bytes));
        var name = file.toString();
        found.addAll(in(name));
        if (name.endsWith(".gz")) {
            try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                found.addAll(in(gzip.readAllBytes()));
            }
        } else if (name.endsWith(".zip")) {
            found.addAll(inZip(file));
        } else if (name.endsWith(".eml")) {
            found.addAll(in(new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("=?\r?\n", "")));
        }
        return found;
    }

    private Set<String> inZip(Path file) throws IOException {
        var found = new TreeSet<String>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                found.addAll(in(entry.getName()));
                try (var content = zip.getInputStream(entry)) {
                    found.addAll(in(content.readAllBytes()));
                }
            }
        }
        return found;
    }
}
