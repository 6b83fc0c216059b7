// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sqlcmd;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A script: batches that end with a line GO. What has no mark of Unicode is in the system's own encoding. */
final class Script {
    private Script() {}

    static List<String> batches(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return batches(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE));
        }
        return batches(new String(bytes, Charset.forName(System.getProperty("native.encoding", "UTF-8"))));
    }

    static List<String> batches(String text) {
        var batches = new ArrayList<String>();
        var batch = new StringBuilder();
        for (var line : text.lines().toList()) {
            if (line.strip().equalsIgnoreCase("GO")) {
                add(batches, batch);
                batch = new StringBuilder();
            } else {
                batch.append(line).append('\n');
            }
        }
        add(batches, batch);
        return batches;
    }

    private static void add(List<String> batches, CharSequence batch) {
        if (!batch.toString().isBlank()) {
            batches.add(batch.toString());
        }
    }
}
