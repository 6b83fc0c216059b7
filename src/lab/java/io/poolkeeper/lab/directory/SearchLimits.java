// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * MaxPageSize of the default query policy (KB 315071): an unpaged search gives 1,000 objects and sizeLimitExceeded, and a larger
 * page is cut to 1,000 without a word. Paging itself is the server's.
 */
final class SearchLimits extends InMemoryOperationInterceptor {
    static final int MAX_PAGE_SIZE = 1_000;

    private final AtomicInteger largest = new AtomicInteger();

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest search) throws LDAPException {
        var request = search.getRequest().duplicate();
        var page = SimplePagedResultsControl.class.cast(Arrays.stream(request.getControls())
                .filter(SimplePagedResultsControl.class::isInstance)
                .findFirst()
                .orElse(null));
        if (!request.getScope().equals(SearchScope.BASE)) {
            largest.accumulateAndGet(page == null ? Integer.MAX_VALUE : page.getSize(), Math::max);
        }
        if (page == null) {
            var asked = request.getSizeLimit();
            request.setSizeLimit(asked == 0 ? MAX_PAGE_SIZE : Math.min(asked, MAX_PAGE_SIZE));
        } else if (page.getSize() > MAX_PAGE_SIZE) {
            var cut = new SimplePagedResultsControl(MAX_PAGE_SIZE, page.getCookie(), page.isCritical());
            request.setControls(Arrays.stream(request.getControls())
                    .map(control -> control.equals(page) ? cut : control)
                    .toArray(Control[]::new));
        }
        search.setRequest(request);
    }

    /** Entries in the largest page that anybody asked for; the largest number if a subtree was searched without pages. */
    int largestPage() {
        return largest.get();
    }
}
