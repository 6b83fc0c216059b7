// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.VaultFull;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Writes one artefact of LDIF (RFC 2849) compressed by gzip: lines folded after 76 characters, values that are not plain
 * ASCII in base64, no secrets. Without a line {@code version: 1}, at which Samba's tools stop and which no tool asks for. Not
 * thread-safe.
 */
final class LdifArtefact implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final ArtefactWriter artefact;
    private final GZIPOutputStream packed;
    private final LdifText text;
    private final FlatEntry flat = new FlatEntry();
    private final EntrySum sum = new EntrySum();
    private long secrets;

    /** What was written. */
    record Written(Artefact artefact, long entries, long bytes, String digest) {}

    /**
     * Creates the file.
     *
     * @throws io.poolkeeper.step.StepFault if it cannot be created
     */
    LdifArtefact(Path attemptFolder, String path) {
        this.file = attemptFolder.resolve(path);
        this.artefact = new ArtefactWriter(attemptFolder, path);
        try {
            this.packed = new GZIPOutputStream(new BufferedOutputStream(artefact, BUFFER), BUFFER);
            this.text = new LdifText(packed);
        } catch (IOException e) {
            artefact.close();
            throw VaultFull.fault(file, e);
        }
    }

    /** Adds an entry; its attributes that hold secrets are left out. */
    void write(Entry entry) {
        flat.copy(entry);
        write(flat);
    }

    /** The same, and takes the attributes that hold secrets out of the entry. */
    void write(FlatEntry entry) {
        secrets += entry.removeSecrets();
        try {
            entry.write(text);
        } catch (IOException e) {
            throw VaultFull.fault(file, e);
        }
        sum.add(entry);
    }

    /** How many attributes with secrets were seen. */
    long secrets() {
        return secrets;
    }

    /**
     * Flushes the file to the disk; a file without entries is deleted.
     *
     * @return what was written; nothing if no entry was
     * @throws io.poolkeeper.step.StepFault if the disk is full or fails
     */
    Optional<Written> finish() {
        try {
            text.flush();
            packed.finish();
            packed.flush();
            var finished = artefact.finish();
            if (sum.entries() == 0) {
                Files.delete(file);
                return Optional.empty();
            }
            return Optional.of(new Written(finished, sum.entries(), text.count(), sum.hex()));
        } catch (IOException e) {
            throw VaultFull.fault(file, e);
        }
    }

    @Override
    public void close() {
        artefact.close();
    }
}
