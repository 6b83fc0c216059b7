// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

/** The site's broker gives no connection; nothing was changed. */
public final class BrokerUnreachable extends RuntimeException {
    BrokerUnreachable(String what, String url, Throwable cause) {
        super(
                "the broker " + url + " " + what
                        + ". HINT: does it run, is its name known here, are user, password and certificates right?",
                cause);
    }
}
