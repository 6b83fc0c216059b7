// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.schema.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerSettingsTest {
    private static final String LOGIN = "user: boss, password: 'file:secret'";

    @TempDir
    Path folder;

    private Site read(String workers, String broker) throws IOException {
        return SiteFile.read(Files.writeString(folder.resolve("site.yaml"), """
                site: broker
                product: ocs-2007-r2
                vault: {path: vault}
                workers: {%s}
                broker: {%s}
                pools:
                  - {name: p, edition: standard, servers: [{fqdn: p.ocs.lab, roles: [mediation]}]}
                """.formatted(workers, broker)));
    }

    @Test
    void letTlsAndTheClearOnLoopbackPass() throws IOException {
        assertThatCode(() -> read("", "url: 'ssl://mq1:61617', " + LOGIN)).doesNotThrowAnyException();
        assertThat(read("", "url: 'tcp://127.0.0.1:61616', " + LOGIN).broker()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tcp://mq1:61616
            failover:(ssl://mq1:61617,tcp://mq2:61616)
            nio://10.0.0.1:61616
            tcp://127.0.0.1.example.com:61616
            auto://mq1:61616
            """)
    void refuseWhatWouldGoInTheClear(String url) {
        assertThatThrownBy(() -> read("", "url: '" + url + "', " + LOGIN))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("in the clear");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tcp://0.0.0.0:61616       | in the clear
            amqp://mq1:5672           | in the clear
            ssl://0.0.0.0:61617       | TLS needs a certificate
            """)
    void refuseToListenWithoutTls(String address, String why) {
        assertThatThrownBy(
                        () -> read("", "url: 'ssl://mq1:61617', " + LOGIN + ", serve: {listen: ['" + address + "']}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(why);
    }

    @Test
    void refuseABrokerWithoutUsersAndTwoWhoAreOne() {
        assertThatThrownBy(() -> read("", "url: 'tcp://127.0.0.1:1', serve: {listen: ['tcp://127.0.0.1:1']}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("never served without users");
        assertThatThrownBy(() -> read(
                        "files: {user: boss, password: 'file:s'}",
                        "url: 'tcp://127.0.0.1:1', " + LOGIN + ", serve: {listen: ['tcp://127.0.0.1:1']}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("somebody else already");
    }
}
