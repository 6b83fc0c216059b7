// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import org.apache.camel.Exchange;

/** Exchange properties that an earlier step of the route has set. */
final class Properties {
    private Properties() {}

    /**
     * One of them.
     *
     * @throws IllegalStateException if the route did not set it
     */
    static <T> T required(Exchange exchange, String name, Class<T> type) {
        var value = exchange.getProperty(name, type);
        if (value == null) {
            throw new IllegalStateException("the route has not set the property " + name);
        }
        return value;
    }
}
