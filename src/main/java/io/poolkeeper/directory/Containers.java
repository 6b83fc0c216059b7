// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Looks which of the catalogue's containers exist: OCS keeps its global settings in the configuration (from 2007 R2 on) or
 * in the System container of the forest's root domain (before, and after some upgrades).
 */
final class Containers {
    private Containers() {}

    /** The distinguished name that a template of the catalogue stands for. */
    static String expand(String template, RootDse root) {
        return template.replace("{configuration}", root.configuration())
                .replace("{domain}", root.domain())
                .replace("{schema}", root.schema());
    }

    /**
     * Those that exist, in the order asked.
     *
     * @throws io.poolkeeper.step.StepFault if the domain controller does not answer
     */
    static List<String> existing(
            LDAPConnection connection, DomainController controller, RootDse root, Collection<String> templates) {
        var found = new ArrayList<String>();
        for (var template : templates) {
            var dn = expand(template, root);
            try {
                if (exists(connection, dn)) {
                    found.add(dn);
                }
            } catch (LDAPException e) {
                throw controller.faults().of(e, "look for " + dn);
            }
        }
        return List.copyOf(found);
    }

    /** A referral says that another domain would know; it does not exist here. */
    private static boolean exists(LDAPConnection connection, String dn) throws LDAPException {
        try {
            var request = new SearchRequest(dn, SearchScope.BASE, "(objectClass=*)", SearchRequest.NO_ATTRIBUTES);
            return connection.search(request).getEntryCount() == 1;
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)
                    || e.getResultCode().equals(ResultCode.REFERRAL)) {
                return false;
            }
            throw e;
        }
    }
}
