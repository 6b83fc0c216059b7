// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

import java.util.List;

/** A login was refused; the connection is closed after its messages were sent. */
public final class LoginRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Message> messages;

    /** Refuses for the given reasons, in the order in which the client shall see them. */
    public LoginRefused(Message... messages) {
        super(messages[0].text());
        this.messages = List.of(messages);
    }

    /** What the client is told. */
    public List<Message> messages() {
        return messages;
    }
}
