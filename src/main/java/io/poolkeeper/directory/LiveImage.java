// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the domain controller holds now, read as a capture reads it. */
final class LiveImage implements Image, AutoCloseable {
    private static final String[] ALL = {"*"};
    private static final String[] TOMBSTONE = {"whenChanged"};
    /** LDAP_SERVER_SHOW_DELETED_OID ([MS-ADTS] 3.1.1.3.4.1.14); a server that does not know it shows none. */
    private static final Control SHOW_DELETED = new Control("1.2.840.113556.1.4.417", false);

    private final DomainController controller;
    private final Session session;
    private final RootDse root;
    private final List<String> containers;
    private final List<Partition> partitions;

    /**
     * Connects.
     *
     * @throws io.poolkeeper.step.StepFault if that fails
     */
    LiveImage(DomainController controller, Catalogue.Directory catalogued, Work work) {
        this.controller = controller;
        this.session = new Session(controller, work);
        try {
            this.root = RootDse.of(session.connection(), controller);
            this.containers = Containers.existing(session.connection(), controller, root, catalogued.containers());
            this.partitions = Partition.of(catalogued, root, containers);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * That of a site.
     *
     * @param part the export that the catalogue describes
     * @throws io.poolkeeper.step.StepFault if it cannot be reached
     */
    static LiveImage of(Site site, PartId part, Work work) {
        return new LiveImage(DomainController.of(site), CaptureDirectory.catalogued(site, part), work);
    }

    /** Sorts its errors. */
    LdapFaults faults() {
        return controller.faults();
    }

    /** The connection for changes. */
    LDAPConnection connection() {
        return session.connection();
    }

    @Override
    public String title() {
        return controller.url();
    }

    @Override
    public void teach(AttributeTypes types) {
        var attributes =
                new Scope(root.schema(), Filter.createEqualityFilter("objectClass", "attributeSchema"), List.of());
        session.search().read(attributes, AttributeTypes.ASKED, types::learn);
    }

    @Override
    public void read(Consumer<Located> each) {
        var ranges = session.ranges();
        for (var partition : partitions) {
            for (var scope : partition.scopes()) {
                var area = area(partition, scope);
                session.search()
                        .read(scope, ALL, entry -> each.accept(new Located(clean(ranges.complete(entry)), area)));
            }
        }
    }

    private Area area(Partition partition, Scope scope) {
        if (partition.name().equals("schema")) {
            return Area.SCHEMA;
        }
        return containers.contains(scope.base()) ? Area.CONTAINER : Area.OBJECT;
    }

    private static Entry clean(Entry entry) {
        SecretAttributes.removeFrom(entry);
        return entry;
    }

    @Override
    public Optional<Entry> find(String dn) {
        try {
            var request = new SearchRequest(dn, SearchScope.BASE, "(objectClass=*)", ALL);
            var found = session.connection().search(request).getSearchEntries();
            if (found.size() > 1) {
                throw new PermanentFault(title() + ": " + dn + " is there twice", "is there a proxy before it?");
            }
            return found.stream()
                    .findFirst()
                    .map(entry -> clean(session.ranges().complete(entry)));
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                return Optional.empty();
            }
            throw controller.faults().of(e, "read " + dn);
        } catch (LDAPException e) {
            throw controller.faults().of(e, "read " + dn);
        }
    }

    /** A tombstone keeps its objectGUID ([MS-ADTS] 3.1.1.5.5.1.1); an account without rights to see it gets no answer. */
    @Override
    public Optional<Instant> deleted(Entry gone) {
        var guid = gone.getAttributeValueBytes("objectGUID");
        if (guid == null) {
            return Optional.empty();
        }
        var base = Scope.lies(gone.getDN(), root.configuration()) ? root.configuration() : root.domain();
        var tombstone = new Scope(
                base,
                Filter.createANDFilter(
                        Filter.createEqualityFilter("isDeleted", "TRUE"),
                        Filter.createEqualityFilter("objectGUID", guid)),
                List.of());
        var found = new ArrayList<Instant>();
        session.search()
                .with(SHOW_DELETED)
                .read(tombstone, TOMBSTONE, entry -> time(entry).ifPresent(found::add));
        return found.stream().findFirst();
    }

    private static Optional<Instant> time(Entry tombstone) {
        var changed = tombstone.getAttributeValueAsDate("whenChanged");
        return Optional.ofNullable(changed).map(Date::toInstant);
    }

    @Override
    public void close() {
        session.close();
    }
}
