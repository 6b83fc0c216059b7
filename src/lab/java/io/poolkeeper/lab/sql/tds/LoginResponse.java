// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.LoginRefused;
import io.poolkeeper.lab.sql.session.Message;
import io.poolkeeper.lab.sql.session.ServerVersion;

/** The answer to LOGIN7, in the order in which SQL Server gives it. */
final class LoginResponse {
    private static final int LOGIN_PACKET = 4096;

    private LoginResponse() {}

    static void accept(Tokens tokens, Login login, TdsVersion tds, ServerVersion server, String database, int size) {
        var environment = new EnvironmentTokens(tokens);
        environment.database(database, "master");
        tokens.message(new Message(5701, 10, 2, "Changed database context to '" + database + "'."));
        environment.collation();
        environment.language("us_english");
        tokens.message(new Message(5703, 10, 1, "Changed language setting to us_english."));
        tokens.loginAck("Microsoft SQL Server", server.major(), server.minor(), server.build());
        environment.packetSize(size, LOGIN_PACKET);
        if (login.utf8Support() && tds.hasFeatures()) {
            tokens.utf8Supported();
        }
        tokens.done(Tokens.DONE, 0, Completion.Command.OTHER, 0);
        tokens.end();
    }

    static void refuse(Tokens tokens, LoginRefused refused) {
        for (var message : refused.messages()) {
            tokens.message(message);
        }
        tokens.done(Tokens.DONE, Tokens.ERROR_BIT, Completion.Command.OTHER, 0);
        tokens.end();
    }

    /**
     * The packet size for a connection: what the client asks for, but at least 512, and with TLS below 16384, because
     * mssql-jdbc hangs up on more.
     */
    static int packetSize(int asked, boolean encrypted) {
        var wanted = asked == 0 ? LOGIN_PACKET : asked;
        return Math.max(512, Math.min(wanted, encrypted ? 16383 : 32767));
    }
}
