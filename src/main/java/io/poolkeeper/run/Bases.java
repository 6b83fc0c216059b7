// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Vault;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The set that a capture of a part may build on: for a differential the newest full backup of the database, else the newest
 * set that holds the part; never one with evidence of damage, or whose manifest cannot be read, itself or further down.
 */
final class Bases {
    private Bases() {}

    /**
     * By part.
     *
     * @throws IOException if the vault cannot be read
     * @throws MalformedDocument if its ledger is damaged
     */
    static Map<PartId, String> of(Vault vault, Level level) throws IOException {
        var bases = new HashMap<PartId, String>();
        if (level == Level.FULL) {
            return bases;
        }
        var holdings = new Holdings(vault);
        for (var entry : vault.ledger().entries()) {
            var set = entry.line().set();
            for (var part : entry.line().parts().keySet()) {
                if (holdings.isBase(set, part, level) && holdings.isGood(set, part)) {
                    bases.put(part, set);
                }
            }
        }
        return bases;
    }
}
