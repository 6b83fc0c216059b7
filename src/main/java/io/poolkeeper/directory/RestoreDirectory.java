// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFWriter;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.directory.Recorded.LdifFacts;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.SandboxFiles;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores an export into a directory in memory, searches it, compares what is found with what was recorded, and leaves it
 * as {@code <name>.ldif} in the sandbox. In place it brings back one object that was named ({@link ObjectRestore}).
 *
 * <p>Exports that would not fit into memory are compared as a stream instead, which the answer says.
 */
public final class RestoreDirectory implements StepHandler {
    /** How many entries a directory in memory may hold. */
    static final long MOST_ENTRIES = 200_000;

    /** How much more room an entry takes in memory than as text, twice: the file's and the server's. */
    private static final long BLOW_UP = 12;

    private final Site site;
    private final long mostEntries;
    private final long mostBytes;

    /** Bounded by the memory that this process may use. */
    public RestoreDirectory(Site site) {
        this(site, MOST_ENTRIES, Runtime.getRuntime().maxMemory() / BLOW_UP);
    }

    RestoreDirectory(Site site, long mostEntries, long mostBytes) {
        this.site = site;
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    @Override
    public Output handle(Step step, Work work) {
        return step.place() == Place.BESIDE ? beside(step, work) : inPlace(step, work);
    }

    /** Over what is there, one object that was named. */
    private Output inPlace(Step step, Work work) {
        var dn = step.path();
        if (dn == null || step.place() != Place.OVERWRITE || step.action() != Action.RESTORE) {
            throw new PermanentFault(
                    "nothing says which object of " + step.part() + " is to be changed",
                    "name it with --path and --apply");
        }
        var whole = new ArrayList<StoredPart>();
        var judged = PartCheck.judge(step, work, stored -> {
            whole.add(stored);
            return Finding.GOOD;
        });
        if (judged.verdict() != Verdict.PROVEN) {
            return judged;
        }
        var applied = new ObjectRestore(site, whole.get(0), dn, work).run();
        var told = applied == 0 ? "nothing to do: it is as the set holds it" : null;
        return new Judged(Verdict.PROVEN, Depth.RESTORED, List.of(), told, judged.bytes(), dn);
    }

    private Output beside(Step step, Work work) {
        try (var files = new SandboxFiles(step, work)) {
            var streamed = new ArrayList<String>();
            var judged = PartCheck.judge(step, work, stored -> restore(stored, files, streamed, work));
            work.checkCancelled();
            return files.settle(judged, streamed.isEmpty() ? null : String.join("; ", streamed));
        }
    }

    private Finding restore(StoredPart stored, SandboxFiles files, List<String> streamed, Work work) {
        return new StoredExport(stored).compare((file, path, facts) -> {
            try (var copy = new Copy(files, path)) {
                if (fits(facts)) {
                    return throughDirectory(file, copy, work);
                }
                streamed.add("%s holds %d entries, too many for a directory in memory: compared as a stream"
                        .formatted(path, facts.entries()));
                return LdifFile.read(file, work, copy::write);
            }
        });
    }

    private boolean fits(LdifFacts facts) {
        return facts.entries() <= mostEntries && facts.bytes() <= mostBytes;
    }

    private static EntrySum throughDirectory(Path file, Copy copy, Work work) throws LdifFile.Damaged {
        var entries = new ArrayList<Entry>();
        LdifFile.read(file, work, entries::add);
        var found = new EntrySum();
        if (!entries.isEmpty()) {
            search(entries, found, copy);
        }
        return found;
    }

    private static void search(List<Entry> entries, EntrySum found, Copy copy) throws LdifFile.Damaged {
        try (var directory = new SandboxDirectory(entries)) {
            directory.search(entry -> {
                found.add(entry);
                copy.write(entry);
            });
        }
    }

    /** The plain LDIF that somebody can look at. */
    private static final class Copy implements AutoCloseable {
        private static final int WRAP = 76;

        private final String name;
        private final LDIFWriter ldif;

        Copy(SandboxFiles files, String path) {
            this.name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.gz$", "");
            this.ldif = new LDIFWriter(files.create(name));
            ldif.setWrapColumn(WRAP);
        }

        void write(Entry entry) {
            try {
                ldif.writeEntry(entry);
            } catch (IOException e) {
                throw VaultFull.fault(Path.of(name), e);
            }
        }

        @Override
        public void close() {
            try {
                ldif.close();
            } catch (IOException e) {
                throw VaultFull.fault(Path.of(name), e);
            }
        }
    }
}
