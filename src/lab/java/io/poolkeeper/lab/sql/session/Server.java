// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

/** A server that can be logged in to. Safe for use by many threads. */
public interface Server {
    /** The server's name as clients see it, e.g. {@code OCS2007\RTC}. */
    String name();

    /** What the server says it is. */
    ServerVersion version();

    /**
     * Opens a session.
     *
     * @param request who wants in
     * @param transport how it is connected
     * @param disconnect cuts the client's connection; called when the session is killed
     * @throws LoginRefused with what the client is to be told
     */
    Session login(LoginRequest request, Transport transport, Runnable disconnect) throws LoginRefused;
}
