// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.sdk.Filter;
import io.poolkeeper.lab.model.Domain;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Turns short names of categories in filters into the names that objectCategory holds. */
final class Categories {
    private static final Map<String, String> NAMES = Map.of(
            "person", "Person",
            "user", "Person",
            "contact", "Person",
            "group", "Group",
            "computer", "Computer",
            "container", "Container",
            "organizationalunit", "OrganizationalUnit");

    private Categories() {}

    static Filter expand(Filter filter, Domain domain) {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND -> Filter.createANDFilter(expandAll(filter.getComponents(), domain));
            case Filter.FILTER_TYPE_OR -> Filter.createORFilter(expandAll(filter.getComponents(), domain));
            case Filter.FILTER_TYPE_NOT -> Filter.createNOTFilter(expand(filter.getNOTComponent(), domain));
            case Filter.FILTER_TYPE_EQUALITY -> expandEquality(filter, domain);
            default -> filter;
        };
    }

    private static Filter[] expandAll(Filter[] filters, Domain domain) {
        return Arrays.stream(filters).map(filter -> expand(filter, domain)).toArray(Filter[]::new);
    }

    private static Filter expandEquality(Filter filter, Domain domain) {
        var name = NAMES.get(filter.getAssertionValue().toLowerCase(Locale.ROOT));
        return name == null || !filter.getAttributeName().equalsIgnoreCase("objectCategory")
                ? filter
                : Filter.createEqualityFilter("objectCategory", "CN=" + name + "," + domain.schemaDn());
    }
}
