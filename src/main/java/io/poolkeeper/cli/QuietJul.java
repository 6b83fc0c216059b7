// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sends what libraries write with java.util.logging to our log instead of the terminal. Named to the JVM as {@code
 * java.util.logging.config.class}.
 */
public final class QuietJul {
    /** Called by java.util.logging when it starts. */
    public QuietJul() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
