// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Which headers pass between the broker and the routes: those of JMS that the workflow needs, and nothing that a component
 * could take for an order (CVE-2026-40453: {@code Camel*} in any case).
 */
final class HeaderAllowList implements HeaderFilterStrategy {
    private static final Set<String> ALLOWED = Set.of(
            "JMSMessageID",
            "JMSCorrelationID",
            "JMSReplyTo",
            "JMSRedelivered",
            "JMSDestination",
            "JMSTimestamp",
            "JMSType");

    @Override
    public boolean applyFilterToCamelHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
        return !ALLOWED.contains(name);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, @Nullable Object value, @Nullable Exchange exchange) {
        return !ALLOWED.contains(name);
    }
}
