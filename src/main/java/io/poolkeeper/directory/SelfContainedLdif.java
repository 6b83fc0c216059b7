// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * LDIF that refers to nothing outside itself. RFC 2849 lets a value be fetched from a URL ({@code attribute:< file:///..}),
 * and the LDAP library does so; an export never has that, so a line that could mean it is refused.
 */
final class SelfContainedLdif extends BufferedReader {
    /** The text of a stream. */
    SelfContainedLdif(InputStream in) {
        this(in, StandardCharsets.UTF_8);
    }

    /** The text of a stream in another encoding. */
    SelfContainedLdif(InputStream in, Charset encoding) {
        super(new InputStreamReader(in, encoding));
    }

    @Override
    public String readLine() throws IOException {
        var line = super.readLine();
        if (line != null && startsRecordLine(line) && !namesValue(line)) {
            throw new NotSelfContained();
        }
        return line;
    }

    private static boolean startsRecordLine(String line) {
        return !line.isEmpty() && line.charAt(0) != ' ' && line.charAt(0) != '#';
    }

    private static boolean namesValue(String line) {
        var colon = line.indexOf(':');
        return colon > 0 && !line.startsWith("<", colon + 1);
    }

    /** A line that is no {@code name: value} and no {@code name:: value}. */
    static final class NotSelfContained extends IOException {
        private NotSelfContained() {
            super("a line is neither 'name: value' nor 'name:: value'");
        }
    }
}
