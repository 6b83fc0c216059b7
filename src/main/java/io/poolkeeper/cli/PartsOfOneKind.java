// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.NotStarted;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.run.Course;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.SetChoice;
import io.poolkeeper.set.Vault;
import java.util.List;

/** Parts that are brought back in a way of their own, and so not together with others. */
final class PartsOfOneKind {
    private PartsOfOneKind() {}

    /**
     * Those of a kind that a request is about; none if it is about other parts.
     *
     * @param mixed what to say if it is about both
     * @throws WrongUsage if it is about both
     * @throws NotStarted if the vault cannot tell which sets hold them
     */
    static List<SetChoice.Chosen> of(Vault vault, Request request, Kind kind, String mixed) {
        List<SetChoice.Chosen> all;
        try {
            all = new SetChoice(vault).of(request, false);
        } catch (Course.CannotPlan e) {
            throw new NotStarted(String.valueOf(e.getMessage()));
        }
        var chosen = all.stream().filter(choice -> choice.part().kind() == kind).toList();
        if (!chosen.isEmpty() && chosen.size() < all.size()) {
            throw new WrongUsage(mixed);
        }
        return chosen;
    }
}
