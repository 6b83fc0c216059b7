// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OcsSiteTest {
    private static final Scale SMALL = new Scale(0.05);

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(OcsSite.of(7, Edition.ENTERPRISE, SMALL)).isEqualTo(OcsSite.of(7, Edition.ENTERPRISE, SMALL));
        assertThat(OcsSite.of(7, Edition.ENTERPRISE, SMALL).people())
                .isNotEqualTo(OcsSite.of(8, Edition.ENTERPRISE, SMALL).people());
    }

    @Test
    void isTheArticlesLabInTheStandardEdition() {
        var site = OcsSite.of(2007, Edition.STANDARD, Scale.ONE);

        assertThat(site.pool().name()).isEqualTo("ocs2007");
        assertThat(site.servers()).extracting(Server::fqdn).containsExactly("ocs2007.ocs.lab");
        assertThat(site.instances().get(0).databases()).containsExactly("rtc", "RTCConfig", "RTCDyn", "RTCAB");
        assertThat(site.shares()).extracting(Share::role).doesNotContain(ShareRole.MEETING_COMPLIANCE);
    }

    @Test
    void hasEveryCataloguedDatabaseAndShareInTheEnterpriseEdition() {
        var site = OcsSite.of(2007, Edition.ENTERPRISE, Scale.ONE);

        assertThat(site.instances().stream().flatMap(instance -> instance.databases().stream()))
                .hasSize(10);
        assertThat(site.shares()).hasSize(8);
    }

    @Test
    void givesEachPersonAnAccountOfTheirOwn() {
        var people = OcsSite.of(2007, Edition.STANDARD, Scale.ONE).people();

        assertThat(people).hasSize(200);
        assertThat(people.stream().map(Person::account).collect(Collectors.toSet()))
                .hasSize(200)
                .allMatch(account -> account.matches("[a-z.0-9]+"));
    }

    @Test
    void refusesAScaleThatMakesNoSite() {
        assertThatThrownBy(() -> new Scale(0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new Scale(Double.NaN)).hasMessageContaining("above 0");
    }
}
