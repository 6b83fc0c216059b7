// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that ask for runs, until the broker has what they say: bean {@code triggerFolder}. */
public final class TriggerFolder {
    private static final Logger LOG = LoggerFactory.getLogger(TriggerFolder.class);
    private volatile boolean waits;

    /**
     * A trigger that starts one run, however often it is sent: one without a key gets a key of its file.
     *
     * @throws IOException if the file is not there any more
     */
    public Messages.Trigger keyed(Messages.Trigger trigger, String file) throws IOException {
        return trigger.key() != null
                ? trigger
                : new Messages.Trigger(trigger.plan(), key(Path.of(file)), trigger.parts(), trigger.requestedBy());
    }

    /** Copying a file may keep its time of change; so it is also told by when this copy came here. */
    private static String key(Path file) throws IOException {
        var times = Files.readAttributes(file, BasicFileAttributes.class);
        var came = file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Files.getAttribute(file, "unix:ctime")
                : times.creationTime();
        var text = file.getFileName() + " " + times.lastModifiedTime() + " " + came;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** A file could not be sent; it stays, and is tried again. Says so once, until one can be sent. */
    public void unsent(String file, Throwable why) {
        if (!waits) {
            LOG.error(
                    "trigger file {} waits, because the broker does not take it: {}. HINT: it is tried again until it"
                            + " does; look at the broker",
                    file,
                    Parking.reason(why));
        }
        waits = true;
    }

    /** A file was sent. */
    public void sent(String file) {
        if (waits) {
            LOG.info("the broker takes trigger files again: {}", file);
        }
        waits = false;
    }
}
