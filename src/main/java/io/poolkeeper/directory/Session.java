// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import io.poolkeeper.step.Work;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one export: one for the searches, and one for the values that a search left out, opened when it is
 * first needed. Cancelling the run closes both.
 */
final class Session implements AutoCloseable {
    private final DomainController controller;
    private final Work work;
    private final LDAPConnection searching;
    private @Nullable LDAPConnection completing;

    /**
     * Connects.
     *
     * @throws io.poolkeeper.step.StepFault if that fails
     */
    Session(DomainController controller, Work work) {
        this.controller = controller;
        this.work = work;
        this.searching = open();
        work.onCancel(this::close);
    }

    private LDAPConnection open() {
        return controller.open(DomainController.CONNECT, shorter(work.timeLeft(), DomainController.RESPONSE));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The connection for searches. */
    LDAPConnection connection() {
        return searching;
    }

    /** Searches page by page. */
    PagedSearch search() {
        return new PagedSearch(searching, controller.faults(), work);
    }

    /** Fetches values that a search left out; may be used while a search is running. */
    ValueRanges ranges() {
        return new ValueRanges(this::completing, controller.faults());
    }

    private synchronized LDAPConnection completing() {
        if (completing == null) {
            completing = open();
        }
        return completing;
    }

    @Override
    public synchronized void close() {
        searching.close();
        if (completing != null) {
            completing.close();
        }
    }
}
