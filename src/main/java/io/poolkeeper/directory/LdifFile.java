// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.DuplicateValueBehavior;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads an export as a restore would: every entry is unpacked and parsed, nothing is repaired. */
final class LdifFile {
    private static final int BUFFER = 1 << 16;

    private LdifFile() {}

    /** What a file does not say as LDIF should. */
    static final class Damaged extends Exception {
        Damaged(String what, Throwable cause) {
            super(what, cause);
        }

        /** The damage in words. */
        String what() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads a file to its end.
     *
     * @param each gets every entry
     * @return the sum of all entries
     * @throws Damaged if it is not gzip, or not LDIF
     * @throws TransientFault if it cannot be read
     */
    static EntrySum read(Path file, Work work, Consumer<Entry> each) throws Damaged {
        var sum = new EntrySum();
        try (var packed = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                var text = new SelfContainedLdif(new GZIPInputStream(packed, BUFFER));
                var ldif = new LDIFReader(text)) {
            ldif.setDuplicateValueBehavior(DuplicateValueBehavior.RETAIN);
            for (var entry = next(ldif); entry != null; entry = next(ldif)) {
                entry.getParsedDN();
                sum.add(entry);
                each.accept(entry);
                if (sum.entries() % PagedSearch.PAGE == 0) {
                    work.checkCancelled();
                    work.progress(sum.entries(), 0, "entries");
                }
            }
        } catch (ZipException | EOFException e) {
            throw new Damaged("cannot be unpacked: " + e.getMessage(), e);
        } catch (LDIFException | SelfContainedLdif.NotSelfContained e) {
            throw new Damaged("is not LDIF: " + e.getMessage(), e);
        } catch (LDAPException e) {
            throw new Damaged("holds an entry without a valid name: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new TransientFault(
                    file + " cannot be read: " + e.getMessage(), "check the vault's volume and permissions", e);
        }
        return sum;
    }

    /** The library has no words of its own for a record that has no line after its version. */
    private static @Nullable Entry next(LDIFReader ldif) throws Damaged, LDIFException, IOException {
        try {
            return ldif.readEntry();
        } catch (NoSuchElementException e) {
            throw new Damaged("is not LDIF: a record has no lines", e);
        }
    }
}
