// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import io.poolkeeper.lab.sql.engine.Credentials;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.InstanceProfile;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.Tls;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/** Instances that clients find by name, and the browser that leads them there. */
public final class Browsed {
    /** Not 127.0.0.1, where a real SQL Server Browser may listen. */
    public static final String ADDRESS = "127.0.0.2";

    private Browsed() {}

    public static SqlServerStandIn instance(String name, ServerVersion version) throws IOException {
        return SqlServerStandIn.start(
                new InstanceProfile(name, version, Edition.STANDARD),
                new InetSocketAddress(ADDRESS, 0),
                new Credentials("sa", Lab.PASSWORD),
                Map.of(),
                Tls.selfSigned(TlsPolicy.OFFERED));
    }

    /** Clients ask one port only. The test is skipped where the address is not this machine's or its port is taken. */
    public static SqlBrowser browser() {
        try {
            return SqlBrowser.start(new InetSocketAddress(ADDRESS, SqlBrowser.PORT));
        } catch (SocketException e) {
            throw new TestAbortedException("cannot use UDP port 1434 of " + ADDRESS + ": " + e.getMessage());
        }
    }
}
