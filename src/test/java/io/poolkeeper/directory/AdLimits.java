// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts Active Directory's limits before the server in memory, and takes notes; can also misbehave on demand. */
final class AdLimits extends InMemoryOperationInterceptor {
    private static final int MAX_PAGE_SIZE = 1000;
    private static final int MAX_VAL_RANGE = 1500;
    private static final String SHOW_DELETED = "1.2.840.113556.1.4.417";

    /** The page sizes that were asked for, in order; 0 for a request without paging. */
    final List<Integer> pages = new ArrayList<>();
    /** How many binds were tried. */
    final AtomicInteger binds = new AtomicInteger();
    /** What a bind is refused with; null lets the server decide. */
    volatile @Nullable LDAPException bindRefusal;
    /** Entries that are swallowed on their way. */
    volatile Predicate<InMemoryInterceptedSearchEntry> swallow = entry -> false;
    /** What page to answer with an error, counted from 1 within the run; 0 for none. */
    volatile int failingPage;
    /** What it is answered with. */
    volatile ResultCode failure = ResultCode.SIZE_LIMIT_EXCEEDED;
    /** Whether answers lack the paging control. */
    volatile boolean forgetsPaging;
    /** Whether entries come without the attribute that names them, as if the account could not read it. */
    volatile boolean dropNames;
    /** What a change is refused with; null for not at all. */
    volatile @Nullable ResultCode changeRefusal;
    /** Whether changes are answered as done and are not. */
    volatile boolean forgetsChanges;
    /** Called when a page is asked for. */
    volatile Runnable onPage = () -> {};

    private @Nullable InMemoryDirectoryServer server;

    /** Whether the search that found the entry asked for this first. */
    static boolean asked(InMemoryInterceptedSearchEntry found, String attribute) {
        return found.getRequest().getAttributeList().contains(attribute);
    }

    void serve(InMemoryDirectoryServer served) {
        server = served;
    }

    @Override
    public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
        binds.incrementAndGet();
        var refusal = bindRefusal;
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
        if (request.getConnectionID() < 0) {
            return; // the test itself
        }
        var refusal = changeRefusal;
        if (refusal != null) {
            throw new LDAPException(refusal, "as the test wants it");
        }
        if (forgetsChanges) {
            request.setRequest(new ModifyRequest(
                    request.getRequest().getDN(), new Modification(ModificationType.REPLACE, "comment", "forgotten")));
        }
    }

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
        if (request.getRequest().getScope().equals(SearchScope.BASE)) {
            return;
        }
        onPage.run();
        var size = pageSize(request.getRequest().getControls());
        pages.add(size);
        if (size == 0 || size > MAX_PAGE_SIZE) {
            throw new LDAPException(ResultCode.SIZE_LIMIT_EXCEEDED, "more than MaxPageSize");
        }
        if (pages.size() == failingPage) {
            throw new LDAPException(failure, "as the test wants it");
        }
    }

    private static int pageSize(Control[] controls) throws LDAPException {
        for (var control : controls) {
            if (control.getOID().equals(SimplePagedResultsControl.PAGED_RESULTS_OID)) {
                return new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue())
                        .getSize();
            }
        }
        return 0;
    }

    @Override
    public void processSearchEntry(InMemoryInterceptedSearchEntry found) {
        if (swallow.test(found) || isHiddenTombstone(found)) {
            found.setSearchEntry(null);
            return;
        }
        var asked = found.getRequest().getAttributeList();
        var range =
                asked.stream().filter(name -> name.startsWith("member;range=")).findFirst();
        var whole = found.getSearchEntry().getAttribute("member");
        if (range.isPresent()) {
            found.setSearchEntry(withRange(found.getSearchEntry(), range.get()));
        } else if (whole != null && whole.size() > MAX_VAL_RANGE) {
            found.setSearchEntry(withRange(found.getSearchEntry(), "member;range=0-*"));
        }
        if (dropNames) {
            var nameless = found.getSearchEntry().duplicate();
            nameless.removeAttribute("cn");
            nameless.removeAttribute("ou");
            found.setSearchEntry(nameless);
        }
    }

    private static boolean isHiddenTombstone(InMemoryInterceptedSearchEntry found) {
        return found.getSearchEntry().hasAttribute("isDeleted")
                && Arrays.stream(found.getRequest().getControls())
                        .noneMatch(control -> control.getOID().equals(SHOW_DELETED));
    }

    /** As Active Directory does it: the plain attribute comes empty, the values in slices. */
    private ReadOnlyEntry withRange(Entry entry, String range) {
        try {
            var values = Objects.requireNonNull(server)
                    .getEntry(entry.getDN())
                    .getAttribute("member")
                    .getRawValues();
            var first = Integer.parseInt(range.replaceAll("member;range=(\\d+)-.*", "$1"));
            var end = Math.min(first + MAX_VAL_RANGE, values.length);
            var last = end == values.length ? "*" : String.valueOf(end - 1);
            var answered = entry.duplicate();
            answered.removeAttribute("member");
            answered.addAttribute(new Attribute("member"));
            answered.addAttribute(new Attribute(
                    "member;range=" + first + "-" + last,
                    (com.unboundid.ldap.matchingrules.MatchingRule) null,
                    Arrays.copyOfRange(values, first, end, ASN1OctetString[].class)));
            return new ReadOnlyEntry(answered);
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void processSearchResult(InMemoryInterceptedSearchResult result) {
        if (forgetsPaging) {
            var said = result.getResult();
            result.setResult(new LDAPResult(said.getMessageID(), said.getResultCode()));
        }
    }
}
