// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Disk;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the last discovery found, for the day when a source cannot be asked. Only a help: without it the plan knows what the
 * site file and the catalogue say.
 */
public final class RecordedInventory {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedInventory.class);
    private final Path file;

    /** That of a site, in its state folder. */
    public RecordedInventory(Site site) {
        this.file = site.state().dir().resolve("inventory.json");
    }

    /** The last one; empty if there is none, or if it cannot be used, which is logged. */
    public Inventory read() {
        try {
            return Json.read(Files.readString(file), Inventory.class);
        } catch (NoSuchFileException e) {
            return Inventory.EMPTY;
        } catch (IOException | MalformedDocument e) {
            LOG.warn("{} cannot be used and is ignored: {}", file, e.getMessage());
            return Inventory.EMPTY;
        }
    }

    /** Keeps an inventory; what could not be asked this time stays as it was recorded. A failure is logged, not thrown. */
    public void keep(Inventory inventory) {
        try {
            Disk.createFolders(Disk.parent(file));
            Disk.replace(file, Json.pretty(inventory).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.getMessage());
        }
    }
}
