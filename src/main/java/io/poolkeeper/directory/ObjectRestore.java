// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.directory.ObjectChange.Kind;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings one object of the domain controller back to the state that a set holds: its own change records are applied, and
 * what is there afterwards is read again and compared. Nothing is tried twice, and referrals are not followed.
 */
final class ObjectRestore {
    private final Site site;
    private final StoredPart stored;
    private final Work work;
    private final Selection selection;
    private final String dn;

    /**
     * Restores of one object.
     *
     * @param dn its distinguished name, now or in the set
     */
    ObjectRestore(Site site, StoredPart stored, String dn, Work work) {
        this.site = site;
        this.stored = stored;
        this.dn = dn;
        this.work = work;
        this.selection = Selection.exactly(dn);
    }

    /**
     * Does it.
     *
     * @return how many records were applied; 0 if nothing differed
     * @throws StepFault if it cannot be, or if what is there afterwards differs
     */
    int run() {
        var then = new StoredImage(stored, work);
        int applied;
        try (var now = live()) {
            var found = Comparison.of(then, now, selection);
            requireKnown(found, now);
            work.checkCancelled();
            applied = apply(doable(found.changes()), now);
        }
        if (applied > 0) {
            readBack(then);
        }
        return applied;
    }

    private LiveImage live() {
        return LiveImage.of(site, stored.part().part(), work);
    }

    private void requireKnown(Comparison.Result found, LiveImage now) {
        if (found.compared() + found.present() == 0) {
            throw new PermanentFault(
                    "neither set %s nor %s has %s".formatted(stored.manifest().set(), now.title(), dn),
                    "name one object by its whole distinguished name; without --apply all that differ are listed");
        }
    }

    private static List<ObjectChange> doable(List<ObjectChange> changes) {
        changes.stream()
                .filter(change -> change.kind() == Kind.BLOCKED)
                .findFirst()
                .ifPresent(change -> {
                    throw new PermanentFault(
                            change.dn() + " " + change.remark(),
                            "no change record brings it back; see docs/restore.md");
                });
        return changes.stream().filter(change -> change.asRecord().isPresent()).toList();
    }

    private static int apply(List<ObjectChange> changes, LiveImage now) {
        var done = new ArrayList<String>();
        for (var change : changes) {
            var doing = change.kind().word() + " " + change.dn();
            try {
                change.asRecord().orElseThrow().processChange(now.connection());
                done.add(doing);
            } catch (LDAPException e) {
                throw now.faults().ofChange(e, done.isEmpty() ? doing : doing + ", after " + String.join(", ", done));
            }
        }
        return done.size();
    }

    private void readBack(StoredImage then) {
        List<ObjectChange> left;
        try (var now = live()) {
            left = Comparison.of(then, now, selection).changes().stream()
                    .filter(change -> change.asRecord().isPresent())
                    .toList();
        }
        if (!left.isEmpty()) {
            var names = left.stream()
                    .flatMap(change -> change.restored().stream())
                    .map(AttributeChange::name)
                    .distinct()
                    .toList();
            throw new PermanentFault(
                    dn + " was changed, and what was read back is not what the set holds: it differs in "
                            + String.join(", ", names),
                    "does something else write it? 'restore' without --apply shows the difference");
        }
    }
}
