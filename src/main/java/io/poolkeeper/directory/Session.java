// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import io.poolkeeper.directory.DomainController.Line;
import io.poolkeeper.step.Work;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one export: one for the searches, and one for the values that a search left out, opened when it is
 * first needed. Cancelling the run cuts both.
 */
final class Session implements AutoCloseable {
    private final DomainController controller;
    private final Work work;
    private final Line searching;
    private @Nullable Line completing;

    /**
     * Connects.
     *
     * @throws io.poolkeeper.step.StepFault if that fails
     */
    Session(DomainController controller, Work work) {
        this.controller = controller;
        this.work = work;
        this.searching = open();
        work.onCancel(this::cut);
    }

    private Line open() {
        return controller.open(DomainController.CONNECT, shorter(work.timeLeft(), DomainController.RESPONSE));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The connection for searches. */
    LDAPConnection connection() {
        return searching.ldap();
    }

    /** Searches page by page. */
    PagedSearch search() {
        return new PagedSearch(searching.ldap(), controller.faults(), work);
    }

    /** Searches that take entries as they come; on the same connection as {@link #search}, not at the same time. */
    RawSearch rawSearch() {
        return new RawSearch(searching.sockets().secured(), shorter(work.timeLeft(), DomainController.RESPONSE));
    }

    /** What an answer means. */
    LdapFaults faults() {
        return controller.faults();
    }

    /** Fetches values that a search left out; may be used while a search is running. */
    ValueRanges ranges() {
        return new ValueRanges(this::completing, controller.faults());
    }

    private synchronized LDAPConnection completing() {
        if (completing == null) {
            completing = open();
        }
        return completing.ldap();
    }

    private synchronized void cut() {
        searching.cut();
        if (completing != null) {
            completing.cut();
        }
    }

    @Override
    public synchronized void close() {
        searching.close();
        if (completing != null) {
            completing.close();
        }
    }
}
