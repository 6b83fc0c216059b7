// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes one artefact: the scopes within one naming context.
 *
 * @param name {@code configuration}, {@code domain} or {@code schema}
 */
record Partition(String name, List<Scope> scopes) {
    /** The artefact's path within the set. */
    String path() {
        return "directory/" + name + ".ldif.gz";
    }

    /**
     * What is exported: each container that exists with all below, in the naming context where it lies; what the filters
     * match in the domain; what the schema's filter matches.
     *
     * @param containers distinguished names of those that exist
     */
    static List<Partition> of(Catalogue.Directory wanted, RootDse root, List<String> containers) {
        var inConfiguration = containers.stream()
                .filter(dn -> Scope.lies(dn, root.configuration()))
                .toList();
        var inDomain =
                containers.stream().filter(dn -> !inConfiguration.contains(dn)).toList();
        var partitions = new ArrayList<Partition>();
        if (!inConfiguration.isEmpty()) {
            partitions.add(new Partition(
                    "configuration",
                    inConfiguration.stream().map(Scope::subtree).toList()));
        }
        var domain = new ArrayList<>(inDomain.stream().map(Scope::subtree).toList());
        if (!wanted.objects().isEmpty()) {
            domain.add(Scope.matching(root.domain(), wanted.objects(), inDomain));
        }
        partitions.add(new Partition("domain", List.copyOf(domain)));
        if (wanted.schema() != null) {
            partitions.add(new Partition(
                    "schema", List.of(Scope.matching(root.schema(), List.of(wanted.schema()), List.of()))));
        }
        return List.copyOf(partitions);
    }
}
