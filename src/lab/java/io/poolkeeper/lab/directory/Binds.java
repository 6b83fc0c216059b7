// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedCompareRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedDeleteRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyDNRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.poolkeeper.lab.model.Domain;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may do what: without a bind a client sees the root DSE and nothing else. Names may be given as a distinguished name, as a
 * user principal name or as {@code DOMAIN\account}. The texts are those of Windows, because people search for them.
 */
final class Binds extends InMemoryOperationInterceptor {
    static final String NOT_BOUND = "000004DC: LdapErr: DSID-0C0906E8, comment: In order to perform this operation a"
            + " successful bind must be completed on the connection., data 0, v1db1";
    static final String WRONG_PASSWORD =
            "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 52e, v1db1";

    private final Domain domain;
    private final Set<Long> bound = ConcurrentHashMap.newKeySet();

    Binds(Domain domain) {
        this.domain = domain;
    }

    @Override
    public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest bind) {
        var request = bind.getRequest();
        bound.remove(bind.getConnectionID());
        var name = request.getBindDN().toLowerCase(Locale.ROOT);
        var account = AccountEntries.BACKUP_ACCOUNT;
        if (name.equals(account + "@" + domain.dns())
                || name.equals((domain.netbios() + "\\" + account).toLowerCase(Locale.ROOT))) {
            bind.setRequest(new SimpleBindRequest(
                    AccountEntries.backupDn(domain), request.getPassword().getValue(), request.getControls()));
        }
    }

    @Override
    public void processSimpleBindResult(InMemoryInterceptedSimpleBindResult bind) {
        var result = bind.getResult();
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
            bind.setResult(new BindResult(
                    result.getMessageID(), ResultCode.INVALID_CREDENTIALS, WRONG_PASSWORD, null, null, null));
        } else if (!bind.getRequest().getBindDN().isEmpty()) {
            bound.add(bind.getConnectionID());
        }
    }

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest search) throws LDAPException {
        var request = search.getRequest();
        if (!request.getBaseDN().isEmpty() || !request.getScope().equals(SearchScope.BASE)) {
            requireBind(search.getConnectionID());
        }
    }

    @Override
    public void processAddRequest(InMemoryInterceptedAddRequest add) throws LDAPException {
        requireBind(add.getConnectionID());
    }

    @Override
    public void processDeleteRequest(InMemoryInterceptedDeleteRequest delete) throws LDAPException {
        requireBind(delete.getConnectionID());
    }

    @Override
    public void processModifyRequest(InMemoryInterceptedModifyRequest modify) throws LDAPException {
        requireBind(modify.getConnectionID());
    }

    @Override
    public void processModifyDNRequest(InMemoryInterceptedModifyDNRequest rename) throws LDAPException {
        requireBind(rename.getConnectionID());
    }

    @Override
    public void processCompareRequest(InMemoryInterceptedCompareRequest compare) throws LDAPException {
        requireBind(compare.getConnectionID());
    }

    private void requireBind(long connection) throws LDAPException {
        if (!bound.contains(connection)) {
            throw new LDAPException(ResultCode.OPERATIONS_ERROR, NOT_BOUND);
        }
    }
}
