// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Update sequence numbers: each change gets the next one, the changed object carries it, and the root DSE tells the highest. They
 * are this domain controller's own and no part of the data.
 */
final class UpdateNumbers extends InMemoryOperationInterceptor {
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'.0Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final AtomicLong highest;

    UpdateNumbers(long highest) {
        this.highest = new AtomicLong(highest);
    }

    /** What a domain controller changes beside what was asked for. */
    List<Modification> next() {
        return List.of(
                replace("uSNChanged", Long.toString(highest.incrementAndGet())),
                replace("whenChanged", GENERALIZED_TIME.format(Instant.now())));
    }

    private static Modification replace(String attribute, String value) {
        return new Modification(ModificationType.REPLACE, attribute, value);
    }

    @Override
    public void processModifyRequest(InMemoryInterceptedModifyRequest modify) {
        var request = modify.getRequest();
        var changes = new ArrayList<>(request.getModifications());
        changes.addAll(next());
        modify.setRequest(new ModifyRequest(request.getDN(), changes, request.getControls()));
    }

    @Override
    public void processSearchEntry(InMemoryInterceptedSearchEntry found) {
        var entry = found.getSearchEntry();
        if (entry != null && entry.getDN().isEmpty()) {
            var copy = entry.duplicate();
            if (entry.hasAttribute("highestCommittedUSN")) {
                copy.setAttribute("highestCommittedUSN", highest.toString());
            }
            if (entry.hasAttribute("currentTime")) {
                copy.setAttribute("currentTime", GENERALIZED_TIME.format(Instant.now()));
            }
            found.setSearchEntry(copy);
        }
    }
}
