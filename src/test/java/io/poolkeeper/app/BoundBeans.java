// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.plan.Planner;
import io.poolkeeper.site.SiteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.model.ModelCamelContext;

/**
 * What a coordinator that was really started holds: the beans under their names, and the routes that Camel made of the
 * files.
 *
 * @param beans name to class
 * @param routes ids of the routes that run
 * @param templates ids of the route templates
 */
public record BoundBeans(Map<String, Class<?>> beans, List<String> routes, List<String> templates) {
    /** Starts a coordinator of a site without sources in an empty folder, looks, and stops it. */
    public static BoundBeans lookIn(Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("site.yaml"), """
                site: conventions
                product: ocs-2007-r2
                state: {dir: state}
                vault: {path: vault}
                pools:
                  - {name: ocs2007, edition: standard, servers: [{fqdn: ocs2007.example.com, roles: [standard-edition]}]}
                """);
        var options = new Coordinator.Options(false, new Planner(), Clock.systemUTC());
        var site = SiteFile.read(file);
        var owner = StateOwner.take(site.state().dir()).orElseThrow();
        try (owner;
                var coordinator = Coordinator.start(site, options)) {
            var context = (ModelCamelContext) coordinator.workflow().context();
            var beans = new HashMap<String, Class<?>>();
            context.getRegistry()
                    .findByTypeWithName(Object.class)
                    .forEach((name, bean) -> beans.put(name, bean.getClass()));
            return new BoundBeans(
                    beans,
                    context.getRouteDefinitions().stream()
                            .map(route -> route.getRouteId())
                            .toList(),
                    context.getRouteTemplateDefinitions().stream()
                            .map(template -> template.getId())
                            .toList());
        }
    }
}
