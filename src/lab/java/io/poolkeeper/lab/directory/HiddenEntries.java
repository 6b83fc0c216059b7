// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import org.jspecify.annotations.Nullable;

/** A container that an access control list hides: whoever may not see it is told that it is not there. */
final class HiddenEntries extends InMemoryOperationInterceptor {
    private volatile @Nullable DN hidden;

    /** Hides a container with all below it; null shows all again. */
    void hide(@Nullable DN container) {
        hidden = container;
    }

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest search) throws LDAPException {
        if (hides(search.getRequest().getBaseDN())) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "0000208D: NameErr: problem 2001 (NO_OBJECT)");
        }
    }

    @Override
    public void processSearchEntry(InMemoryInterceptedSearchEntry found) {
        try {
            if (hides(found.getSearchEntry().getDN())) {
                found.setSearchEntry(null);
            }
        } catch (LDAPException e) {
            throw new IllegalStateException("an entry without a name", e);
        }
    }

    private boolean hides(String dn) throws LDAPException {
        var container = hidden;
        return container != null && new DN(dn).isDescendantOf(container, true);
    }
}
