// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Times, POSIX permissions and DOS attributes of what was restored. */
final class Attributes {
    private Attributes() {}

    /** Sets what can be set here. What cannot is no error: {@link #match} tells afterwards. */
    static void set(Path file, Facts facts) {
        attempt(() -> mode(file, facts));
        attempt(() -> letters(file, facts));
        attempt(() -> times(file, facts));
    }

    private interface Setting {
        void apply() throws IOException;
    }

    private static void attempt(Setting setting) {
        try {
            setting.apply();
        } catch (IOException | UnsupportedOperationException e) {
            return; // seen when the restored tree is counted again
        }
    }

    /** Whether a file has what a list says of it; a creation time cannot be set everywhere and does not count. */
    static boolean match(Facts now, Facts listed) {
        return time(now).equals(time(listed))
                && (listed.mode() == null || listed.mode().equals(now.mode()))
                && Objects.equals(now.attributes(), listed.attributes());
    }

    /** Java sets the time of a link in microseconds, that of all else in nanoseconds. */
    private static Instant time(Facts facts) {
        return facts.is(NodeType.LINK) ? facts.time().truncatedTo(ChronoUnit.MICROS) : facts.time();
    }

    private static void times(Path file, Facts facts) throws IOException {
        var modified = FileTime.from(facts.time());
        var created = facts.created() == null ? modified : FileTime.from(facts.created());
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(modified, null, created);
    }

    private static void mode(Path file, Facts facts) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (facts.mode() != null && view != null) {
            view.setPermissions(PosixFilePermissions.fromString(facts.mode()));
        }
    }

    private static void letters(Path file, Facts facts) throws IOException {
        if (facts.attributes() == null || File.separatorChar != '\\') {
            return;
        }
        var view = Files.getFileAttributeView(file, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setHidden(facts.attributes().contains("H"));
        view.setSystem(facts.attributes().contains("S"));
        view.setReadOnly(facts.attributes().contains("R"));
    }
}
