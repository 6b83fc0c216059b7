// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.schema;

/** A document that cannot be used: not JSON or YAML, or not what its schema asks for. */
public final class MalformedDocument extends RuntimeException {
    /** Says what is wrong. */
    public MalformedDocument(String message) {
        super(message);
    }

    /** Says what is wrong, and what found it. */
    public MalformedDocument(String message, Throwable cause) {
        super(message, cause);
    }
}
