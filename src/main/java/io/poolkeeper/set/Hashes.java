// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as 64 lower-case hexadecimal digits. */
public final class Hashes {
    private static final int BUFFER = 1 << 16;

    private Hashes() {}

    /** A fresh digest. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Of bytes in memory. */
    public static String sha256(byte[] bytes) {
        return hex(digest().digest(bytes));
    }

    /**
     * Of a file.
     *
     * @throws IOException if it cannot be read to its end
     */
    public static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return sha256(in);
        }
    }

    /**
     * Of a stream, read to its end.
     *
     * @throws IOException if it cannot be
     */
    public static String sha256(InputStream in) throws IOException {
        var digest = digest();
        var buffer = new byte[BUFFER];
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return hex(digest.digest());
    }

    /** Bytes of a digest as text. */
    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
