// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.set.PartCheck.StoredPart;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;

/** The sets that a restore of a part reads: the one that holds what is wanted, and those that it builds on. */
public final class StoredChain {
    private StoredChain() {}

    /** A chain that leads nowhere: a set of it is gone, or holds nothing of the part. */
    public static final class Broken extends Exception {
        private Broken(String message) {
            super(message);
        }
    }

    /**
     * The chain that ends with a part of a set, oldest first; one element if that is a full capture.
     *
     * @throws Broken if a set of the chain is not there
     * @throws IOException if a manifest cannot be read
     * @throws io.poolkeeper.schema.MalformedDocument if a manifest is damaged
     */
    public static List<StoredPart> of(StoredPart last) throws Broken, IOException {
        var chain = new ArrayDeque<StoredPart>();
        var seen = new HashSet<String>();
        chain.add(last);
        seen.add(last.manifest().set());
        for (var base = last.part().base();
                base != null;
                base = chain.getFirst().part().base()) {
            if (!seen.add(base)) {
                throw new Broken("set " + base + " builds on itself");
            }
            chain.addFirst(link(last, base));
        }
        return List.copyOf(chain);
    }

    private static StoredPart link(StoredPart last, String set) throws Broken, IOException {
        var vault = last.vault();
        if (!vault.sets().contains(set)) {
            throw new Broken("it builds on set " + set + ", which is not in the vault");
        }
        var manifest = vault.manifest(set);
        var part = manifest.part(last.part().part())
                .filter(Manifest.Part::captured)
                .orElseThrow(() -> new Broken("it builds on set " + set + ", which holds nothing of "
                        + last.part().part()));
        return new StoredPart(vault, vault.set(set), manifest, part);
    }
}
