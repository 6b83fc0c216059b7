// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.LDAPException;

/** Writes the entries of one scope, with all values of all attributes. Not thread-safe. */
final class BatchWriter {
    private final Scope scope;
    private final LdifArtefact artefact;
    private final ValueRanges ranges;
    private final LdapFaults faults;
    private final FlatEntry flat = new FlatEntry();

    /**
     * Writes to an artefact.
     *
     * @param ranges completes what came in part
     */
    BatchWriter(Scope scope, LdifArtefact artefact, ValueRanges ranges, LdapFaults faults) {
        this.scope = scope;
        this.artefact = artefact;
        this.ranges = ranges;
        this.faults = faults;
    }

    /**
     * Writes some entries.
     *
     * @throws io.poolkeeper.step.StepFault if they are not what LDAP says, cannot be completed, or cannot be written
     */
    void write(EntryBatch batch) {
        for (var number = 0; number < batch.entries(); number++) {
            if (isWanted(batch, number)) {
                write();
            }
        }
    }

    private boolean isWanted(EntryBatch batch, int number) {
        try {
            batch.read(number, flat);
            return scope.covers(flat);
        } catch (LDAPException e) {
            throw faults.of(e, "read " + scope.base());
        }
    }

    private void write() {
        if (flat.isWhole()) {
            artefact.write(flat);
        } else {
            artefact.write(ranges.complete(flat.entry()));
        }
    }
}
