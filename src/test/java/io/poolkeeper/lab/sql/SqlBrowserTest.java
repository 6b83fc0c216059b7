// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.lab.sql.session.ServerVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SqlBrowserTest {
    private static String server(String name) throws SQLException {
        var url = "jdbc:sqlserver://" + Browsed.ADDRESS + ";instanceName=" + name
                + ";encrypt=true;trustServerCertificate=true;loginTimeout=10";
        try (var connection = DriverManager.getConnection(url, "sa", Lab.PASSWORD);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT @@SERVERNAME")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void leadsTheDriverToTheInstanceThatItNames() throws Exception {
        try (var browser = Browsed.browser();
                var rtc = Browsed.instance("OCS2007\\RTC", ServerVersion.SQL_2005_SP4);
                var archive = Browsed.instance("OCS2007\\ARCHIVE", ServerVersion.SQL_2019)) {
            browser.announce(rtc);
            browser.announce(archive);

            assertThat(server("RTC")).isEqualTo("OCS2007\\RTC");
            assertThat(server("archive")).isEqualTo("OCS2007\\ARCHIVE");
        }
    }

    @Test
    void leavesTheDriverWithoutAnAnswerAboutAnInstanceThatIsNotThere() throws Exception {
        try (var browser = Browsed.browser();
                var rtc = Browsed.instance("OCS2007\\RTC", ServerVersion.SQL_2005_SP4)) {
            browser.announce(rtc);

            assertThatThrownBy(() -> server("NOSUCH")).hasMessageContaining("named instance NOSUCH failed");
        }
    }

    @Test
    void describesAllItsInstancesToWhoeverAsks() throws Exception {
        try (var browser = SqlBrowser.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var rtc = Browsed.instance("OCS2007\\RTC", ServerVersion.SQL_2005_SP4);
                var plain = Browsed.instance("SQL1", ServerVersion.SQL_2019)) {
            browser.announce(rtc);
            browser.announce(plain);

            var all = "ServerName;OCS2007;InstanceName;RTC;IsClustered;No;Version;9.00.5000.00;tcp;" + rtc.port()
                    + ";;ServerName;SQL1;InstanceName;MSSQLSERVER;IsClustered;No;Version;15.0.2000.5;tcp;"
                    + plain.port() + ";;";
            assertThat(ask(browser, 3, "")).isEqualTo(all);
            assertThat(ask(browser, 2, "")).isEqualTo(all);
            assertThat(ask(browser, 4, "rtc\0")).isEqualTo(all.substring(0, all.indexOf(";;") + 2));
        }
    }

    @Test
    void ignoresWhatMakesNoSenseAndGoesOn() throws Exception {
        try (var browser = SqlBrowser.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var rtc = Browsed.instance("OCS2007\\RTC", ServerVersion.SQL_2005_SP4)) {
            browser.announce(rtc);

            assertThatThrownBy(() -> ask(browser, 99, "x")).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> ask(browser, 4, "nosuch\0")).isInstanceOf(SocketTimeoutException.class);
            assertThat(ask(browser, 4, "RTC\0")).contains("tcp;" + rtc.port());
        }
    }

    @Test
    void refusesToListenToTheNetwork() {
        assertThatThrownBy(() -> SqlBrowser.start(new InetSocketAddress("0.0.0.0", 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a loopback address");
    }

    /** The answer's text; its header, 05 and the length, is checked here. */
    private static String ask(SqlBrowser browser, int question, String name) throws IOException {
        var request = new ByteArrayOutputStream();
        request.write(question);
        request.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(500);
            socket.connect(InetAddress.getLoopbackAddress(), browser.port());
            socket.send(new DatagramPacket(request.toByteArray(), request.size()));
            var answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            var data = answer.getData();
            assertThat(data[0]).isEqualTo((byte) 5);
            assertThat((data[1] & 0xFF) | (data[2] & 0xFF) << 8).isEqualTo(answer.getLength() - 3);
            return new String(data, 3, answer.getLength() - 3, StandardCharsets.US_ASCII);
        }
    }
}
