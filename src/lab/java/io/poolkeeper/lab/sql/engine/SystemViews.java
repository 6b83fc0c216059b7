// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The system views of an instance: those that look alike from every database, and those about one database. */
public final class SystemViews {
    private final Map<String, SystemView<?>> byName = new LinkedHashMap<>();
    private final Set<String> serverWide;

    SystemViews(Instance instance) {
        var server = new ServerViews(instance).all();
        serverWide = server.stream().map(SystemView::name).collect(Collectors.toSet());
        Stream.of(server, TableViews.all(), StorageViews.all(), InformationSchemaViews.all())
                .flatMap(List::stream)
                .forEach(view -> byName.put(view.name(), view));
    }

    List<SystemView<?>> all() {
        return List.copyOf(byName.values());
    }

    SystemView<?> get(String name) {
        return byName.get(name);
    }

    /** Whether there is such a view and it says the same in every database. */
    boolean isServerWide(String name) {
        return serverWide.contains(name.toLowerCase(Locale.ROOT));
    }
}
