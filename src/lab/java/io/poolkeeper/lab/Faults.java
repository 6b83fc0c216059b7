// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import io.poolkeeper.lab.model.ShareRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks things in the running lab and mends them. */
public final class Faults {
    private static final String DATABASE = "rtc";

    private final Lab lab;

    Faults(Lab lab) {
        this.lab = lab;
    }

    /**
     * Breaks one thing.
     *
     * @return what was broken
     */
    public Change inject(Fault fault) throws IOException {
        switch (fault) {
            case DATABASE_OFFLINE -> lab.sql().setOffline(instance(), DATABASE, true);
            case SHARE_GONE -> Files.move(share(), gone());
            case LCSCMD_SILENT -> lab.tools().lcscmdSilent(true);
            case MAIL_DOWN -> lab.mail().down();
        }
        return new Change(part(fault), fault.key(), "works", "broken");
    }

    /** Mends what {@link #inject} broke. */
    public void clear(Fault fault) throws IOException {
        switch (fault) {
            case DATABASE_OFFLINE -> lab.sql().setOffline(instance(), DATABASE, false);
            case SHARE_GONE -> Files.move(gone(), share());
            case LCSCMD_SILENT -> lab.tools().lcscmdSilent(false);
            case MAIL_DOWN -> lab.mail().up();
        }
    }

    private String part(Fault fault) {
        return switch (fault) {
            case DATABASE_OFFLINE -> "database:" + instance() + "/" + DATABASE;
            case SHARE_GONE -> "share:" + ShareRole.MEETING_METADATA.key();
            case LCSCMD_SILENT -> "settings:global-pool/" + lab.site().pool().name();
            case MAIL_DOWN -> "notify.email";
        };
    }

    private String instance() {
        return lab.site().instances().get(0).key();
    }

    private Path share() {
        return lab.shareFolders(ShareRole.MEETING_METADATA).get(0);
    }

    private Path gone() {
        return share().resolveSibling(share().getFileName() + " (gone)");
    }
}
