// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.backup;

import io.poolkeeper.lab.sql.engine.ServerTime;
import io.poolkeeper.lab.sql.engine.SqlFailure;
import io.poolkeeper.lab.sql.engine.Variables;
import io.poolkeeper.lab.sql.media.MediaFault;
import io.poolkeeper.lab.sql.media.MediaLabel;
import io.poolkeeper.lab.sql.media.MediaReader;
import io.poolkeeper.lab.sql.media.MediaWriter;
import io.poolkeeper.lab.sql.tsql.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;

/**
 * The media that a BACKUP writes to: new, or with the sets that are on it already.
 *
 * @param writer takes the new set
 * @param label what the media says of itself
 * @param position where the new set will be, from 1
 */
record Media(MediaWriter writer, MediaLabel label, int position) implements AutoCloseable {
    /** Opens the device as FORMAT, INIT and COMPRESSION ask; by default it is appended to. */
    static Media toWrite(Device device, Options options, Variables variables) {
        try {
            var isNew = !Files.exists(device.path()) || Files.size(device.path()) == 0;
            return isNew || options.has("FORMAT") ? format(device, options, variables) : reuse(device, options);
        } catch (IOException e) {
            throw device.cannotOpen(e);
        }
    }

    private static Media format(Device device, Options options, Variables variables) throws IOException {
        var label = new MediaLabel(
                UUID.randomUUID(),
                UUID.randomUUID(),
                options.value("MEDIANAME").map(variables::text).orElse(null),
                options.value("MEDIADESCRIPTION").map(variables::text).orElse(null),
                ServerTime.now(),
                options.has("COMPRESSION"));
        try {
            return new Media(MediaWriter.format(device.path(), label), label, 1);
        } catch (MediaFault e) {
            throw device.unreadable(e);
        } catch (IOException e) {
            throw isOpen(device) ? device.cannotWrite(e) : device.cannotOpen(e);
        }
    }

    /** Whether the file could be made, so that only writing to it failed. */
    private static boolean isOpen(Device device) {
        return Files.isWritable(device.path());
    }

    private static Media reuse(Device device, Options options) throws IOException {
        try (var reader = device.open()) {
            checkStructure(reader, options);
            if (options.has("INIT")) {
                return new Media(MediaWriter.overwrite(device.path()), reader.label(), 1);
            }
            checkEnd(device, reader);
            return new Media(
                    MediaWriter.append(device.path()),
                    reader.label(),
                    reader.sets().size() + 1);
        }
    }

    private static void checkStructure(MediaReader reader, Options options) {
        var compressed = options.has("COMPRESSION");
        if (reader.label().compressed() != compressed) {
            throw compressed
                    ? SqlFailure.of(3098, "COMPRESSION", "COMPRESSION", "NO_COMPRESSION")
                    : SqlFailure.of(3098, "NO_COMPRESSION", "NO_COMPRESSION", "COMPRESSION");
        }
    }

    private static void checkEnd(Device device, MediaReader reader) throws IOException {
        for (var set : reader.sets()) {
            try {
                reader.checkExtent(set);
            } catch (MediaFault e) {
                throw SqlFailure.of(3266, device.name());
            }
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
