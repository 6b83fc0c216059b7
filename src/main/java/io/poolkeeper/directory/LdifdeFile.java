// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.DuplicateValueBehavior;
import com.unboundid.ldif.LDIFAddChangeRecord;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a file of ldifde: records that add entries, in ASCII, or in UTF-16 if it was asked for Unicode. */
final class LdifdeFile {
    private static final int BUFFER = 1 << 16;

    private LdifdeFile() {}

    /**
     * Reads a file to its end, whatever its size.
     *
     * @param each gets every entry
     * @throws PermanentFault if it is not what ldifde writes
     * @throws TransientFault if it cannot be read
     */
    static void read(Path file, Work work, Consumer<Entry> each) {
        var count = 0L;
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                var text = new SelfContainedLdif(in, encoding(in));
                var ldif = new LDIFReader(text)) {
            ldif.setDuplicateValueBehavior(DuplicateValueBehavior.RETAIN);
            for (var record = ldif.readLDIFRecord(); record != null; record = ldif.readLDIFRecord()) {
                if (record instanceof LDIFAddChangeRecord add) {
                    each.accept(add.getEntryToAdd());
                } else if (record instanceof Entry entry) {
                    each.accept(entry);
                } else {
                    throw malformed(file, "holds a record that adds nothing: " + record.getDN(), null);
                }
                if (++count % PagedSearch.PAGE == 0) {
                    work.checkCancelled();
                    work.progress(count, 0, "entries");
                }
            }
        } catch (LDIFException | SelfContainedLdif.NotSelfContained e) {
            throw malformed(file, "is not LDIF: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new TransientFault(
                    file + " cannot be read: " + e.getMessage(), "check the vault's volume and permissions", e);
        }
    }

    private static PermanentFault malformed(
            Path file, String what, @org.jspecify.annotations.Nullable Exception cause) {
        var message = file.getFileName() + " of ldifde " + what;
        var hint = "run ldifde by hand on the domain controller and look at its file";
        return cause == null ? new PermanentFault(message, hint) : new PermanentFault(message, hint, cause);
    }

    /** By its mark, which is skipped; without one by its first letter. */
    private static Charset encoding(InputStream in) throws IOException {
        in.mark(4);
        var head = in.readNBytes(3);
        in.reset();
        if (head.length >= 2 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xFF) == 0xFE) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16LE;
        }
        if (head.length >= 2 && (head[0] & 0xFF) == 0xFE && (head[1] & 0xFF) == 0xFF) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16BE;
        }
        if (head.length == 3 && (head[0] & 0xFF) == 0xEF && (head[1] & 0xFF) == 0xBB && (head[2] & 0xFF) == 0xBF) {
            in.skipNBytes(3);
        }
        return head.length >= 2 && head[0] != 0 && head[1] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }

    /** The name by which an entry is known again. */
    static String normal(Entry entry) {
        try {
            return entry.getParsedDN().toNormalizedString();
        } catch (LDAPException e) {
            throw new PermanentFault(
                    "ldifde wrote an entry without a valid name: " + entry.getDN(),
                    "run ldifde by hand on the domain controller and look at its file",
                    e);
        }
    }

    /** Names an attribute of which a domain controller gave the first values alone. */
    static Optional<String> ranged(Entry entry) {
        return entry.getAttributes().stream()
                .filter(attribute ->
                        attribute.getName().toLowerCase(Locale.ROOT).contains(";range="))
                .findFirst()
                .map(attribute -> attribute.getBaseName() + " of " + entry.getDN());
    }
}
