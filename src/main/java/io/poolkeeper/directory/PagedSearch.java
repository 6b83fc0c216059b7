// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Work;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything in a scope, at most 1,000 entries per request: Active Directory's MaxPageSize (KB 315071), beyond
 * which it cuts answers short. Paging is RFC 2696, control 1.2.840.113556.1.4.319, critical; an answer without its
 * counterpart is refused, because nobody could tell whether more would have come.
 *
 * <p>References to other naming contexts are normal at the root of a domain and are not followed.
 */
final class PagedSearch {
    /** Entries per request. */
    static final int PAGE = 1000;

    private static final String[] NONE = {SearchRequest.NO_ATTRIBUTES};

    private final LDAPConnection connection;
    private final LdapFaults faults;
    private final Work work;
    private final List<Control> controls;

    /** Searches over one connection. */
    PagedSearch(LDAPConnection connection, LdapFaults faults, Work work) {
        this(connection, faults, work, List.of());
    }

    private PagedSearch(LDAPConnection connection, LdapFaults faults, Work work, List<Control> controls) {
        this.connection = connection;
        this.faults = faults;
        this.work = work;
        this.controls = controls;
    }

    /** The same, asking in a way of its own. */
    PagedSearch with(Control control) {
        return new PagedSearch(connection, faults, work, List.of(control));
    }

    /**
     * Reads a scope to its end.
     *
     * @param attributes which to read; {@code 1.1} for none
     * @param sink gets each entry on the calling thread
     * @return how many entries the sink got
     * @throws io.poolkeeper.step.StepFault if the server does not deliver all
     */
    long read(Scope scope, String[] attributes, Consumer<SearchResultEntry> sink) {
        var listener = new Counting(scope, sink);
        pages(scope, attributes, listener, request -> {
            var result = connection.search(request);
            listener.rethrow();
            return result;
        });
        return listener.count;
    }

    /**
     * Reads a scope to its end as {@link #read} does, but entries as they come. Those that another scope covers come too.
     *
     * @param raw of this search's connection
     * @param sink gets them on the calling thread
     * @throws io.poolkeeper.step.StepFault if the server does not deliver all
     */
    void readRaw(Scope scope, String[] attributes, RawSearch raw, Consumer<EntryBatch> sink) {
        pages(scope, attributes, null, request -> raw.search(request, sink));
    }

    /**
     * Counts what belongs to a scope.
     *
     * @param raw of this search's connection
     * @throws io.poolkeeper.step.StepFault if the server does not deliver all
     */
    long count(Scope scope, RawSearch raw) {
        var counting = new Covered(scope);
        pages(scope, NONE, null, request -> {
            var result = raw.search(request, counting);
            counting.rethrow();
            return result;
        });
        return counting.count;
    }

    private void pages(Scope scope, String[] attributes, @Nullable SearchResultListener listener, Asking asking) {
        ASN1OctetString cookie = null;
        do {
            checkTime(scope);
            cookie = page(scope, attributes, listener, cookie, asking);
        } while (cookie != null);
    }

    /** Sends one request and reads the answer. */
    private interface Asking {
        SearchResult ask(SearchRequest request) throws LDAPException;
    }

    private void checkTime(Scope scope) {
        work.checkCancelled();
        if (work.timeLeft().isZero()) {
            throw new PermanentFault(
                    "the time for this step was over while " + scope.base() + " was read", "allow the run more time");
        }
    }

    private @Nullable ASN1OctetString page(
            Scope scope,
            String[] attributes,
            @Nullable SearchResultListener listener,
            @Nullable ASN1OctetString cookie,
            Asking asking) {
        var request = new SearchRequest(
                listener,
                scope.base(),
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                0,
                0,
                false,
                scope.filter(),
                attributes);
        request.addControl(new SimplePagedResultsControl(PAGE, cookie, true));
        controls.forEach(request::addControl);
        try {
            return next(asking.ask(request), scope);
        } catch (LDAPException e) {
            throw faults.of(e, "read " + scope.base());
        }
    }

    private static @Nullable ASN1OctetString next(SearchResult result, Scope scope) throws LDAPException {
        var paging = SimplePagedResultsControl.get(result);
        if (paging == null) {
            throw new PermanentFault(
                    "the server answered the search of " + scope.base()
                            + " without saying whether more would follow: the export would look whole and not be",
                    "is there a proxy before the domain controller? Name the domain controller itself");
        }
        return paging.moreResultsToReturn() ? paging.getCookie() : null;
    }

    /** Passes on what belongs to the scope, and keeps the first error until the page is over. */
    private static final class Counting implements SearchResultListener {
        private final Scope scope;
        private final Consumer<SearchResultEntry> sink;
        private long count;
        private @Nullable LDAPException error;

        Counting(Scope scope, Consumer<SearchResultEntry> sink) {
            this.scope = scope;
            this.sink = sink;
        }

        @Override
        public void searchEntryReturned(SearchResultEntry entry) {
            try {
                if (scope.covers(entry)) {
                    sink.accept(entry);
                    count++;
                }
            } catch (LDAPException e) {
                error = e;
            }
        }

        @Override
        public void searchReferenceReturned(SearchResultReference reference) {
            // another naming context: its own search, or none
        }

        void rethrow() throws LDAPException {
            if (error != null) {
                throw error;
            }
        }
    }

    /** Counts what belongs to the scope, and keeps the first error until the page is over. */
    private static final class Covered implements Consumer<EntryBatch> {
        private final Scope scope;
        private final FlatEntry entry = new FlatEntry();
        private long count;
        private @Nullable LDAPException error;

        Covered(Scope scope) {
            this.scope = scope;
        }

        @Override
        public void accept(EntryBatch batch) {
            try {
                for (var number = 0; number < batch.entries(); number++) {
                    batch.read(number, entry);
                    count += scope.covers(entry) ? 1 : 0;
                }
            } catch (LDAPException e) {
                error = e;
            }
        }

        void rethrow() throws LDAPException {
            if (error != null) {
                throw error;
            }
        }
    }
}
