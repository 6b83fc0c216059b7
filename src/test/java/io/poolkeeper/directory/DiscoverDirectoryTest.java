// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.unboundid.ldap.sdk.Attribute;
import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Deployment;
import io.poolkeeper.step.Deployment.Pool;
import io.poolkeeper.step.Deployment.Server;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output.Discovered;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TestWork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoverDirectoryTest {
    private static final Step LOOK = DirectoryRun.step(new PartId(Kind.SOURCE, "directory"), Action.DISCOVER, false);

    @TempDir
    Path folder;

    private final FakeDomainController controller = new FakeDomainController(TestCertificates.LOCALHOST);

    @AfterEach
    void close() {
        controller.close();
    }

    @Test
    void findsNamingContextsContainersAndTheClock() {
        controller.withGlobalSettings();

        var found = look(controller.ldaps());

        assertThat(found.domain()).isEqualTo(FakeDomainController.DOMAIN);
        assertThat(found.configuration()).isEqualTo(FakeDomainController.CONFIGURATION);
        assertThat(found.containers()).containsExactly(FakeDomainController.CONTAINER);
        assertThat(found.skewSeconds()).isCloseTo(611, within(10L));
        assertThat(found.cause()).isNull();
    }

    @Test
    void reportsBothContainersWhenBothExist() {
        controller.withGlobalSettings().add(FakeDomainController.SYSTEM_CONTAINER, "container");

        assertThat(look(controller.ldaps()).containers())
                .containsExactly(FakeDomainController.CONTAINER, FakeDomainController.SYSTEM_CONTAINER);
    }

    @Test
    void readsTheTombstoneLifetimeAndTakesSixtyDaysWhereItIsUnset() {
        assertThat(look(controller.ldaps()).tombstoneDays()).isNull();

        controller.withDirectoryService();
        assertThat(look(controller.ldaps()).tombstoneDays()).isEqualTo(60);

        controller.change(FakeDomainController.DIRECTORY_SERVICE, "tombstoneLifetime", "180");
        assertThat(look(controller.ldaps()).tombstoneDays()).isEqualTo(180);

        controller.change(FakeDomainController.DIRECTORY_SERVICE, "tombstoneLifetime", "0");
        assertThat(look(controller.ldaps()).tombstoneDays()).isEqualTo(2);
    }

    @Test
    void givesTheInventoryOfAStep() {
        var work = new TestWork(folder, folder, folder);

        var output = (Discovered)
                handler(controller.ldaps(), FakeDomainController.PASSWORD).handle(LOOK, work);

        assertThat(output.inventory().directory())
                .extracting(Inventory.Directory::containers)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    @Test
    void failsTheStepWhenTheBindIsRefused() {
        var work = new TestWork(folder, folder, folder);

        assertThatThrownBy(() -> handler(controller.ldaps(), "wrong").handle(LOOK, work))
                .isInstanceOf(PermanentFault.class);
    }

    @Test
    void tellsTheCauseInsteadOfFailingWhenAPlanAsks() {
        var found = handler(controller.ldaps(), "wrong").look(Duration.ofSeconds(1));

        assertThat(found.cause()).contains("refused");
        assertThat(found.hint()).contains("directory.password");
        assertThat(found.containers()).isEmpty();
    }

    @Test
    void readsAStandardPoolAndItsServer() {
        controller.withGlobalSettings();
        computer("OCS2007", "ocs2007.ocs.lab");
        point("OCS2007", "LC Services", "msRTCSIP-Server");
        pool("ocs2007", "ocs2007.ocs.lab", "5", "(local)\\rtc", "OCS2007");

        var found = deployment();

        assertThat(found.pools())
                .containsExactly(new Pool("ocs2007", "ocs2007.ocs.lab", Edition.STANDARD, "(local)\\rtc", null));
        assertThat(found.servers())
                .containsExactly(new Server("ocs2007.ocs.lab", List.of("standard-edition"), "ocs2007"));
        assertThat(found.accounts()).containsExactly("ocs2007.ocs.lab");
    }

    @Test
    void readsAnEnterprisePoolWithItsFrontEndsAndTheServersBesideIt() {
        controller.withGlobalSettings();
        for (var host : List.of("FE1", "FE2", "MED", "SQL1")) {
            computer(host, host.toLowerCase(Locale.ROOT) + ".ocs.lab");
        }
        pool("ocspool", "ocspool.ocs.lab", "10", "SQL1\\OCS", "FE1", "FE2");
        point("MED", "LS Mediation Service", "msRTCSIP-MediationServer");
        named("edge", "msRTCSIP-EdgeProxy", "msRTCSIP-EdgeProxyFQDN", "Edge.ocs.lab");
        named("the pool itself", "msRTCSIP-TrustedServer", "msRTCSIP-TrustedServerFQDN", "ocspool.ocs.lab");
        named("somebody", "msRTCSIP-TrustedServer", "msRTCSIP-TrustedServerFQDN", "somebody.ocs.lab");

        var found = deployment();

        assertThat(found.pools())
                .contains(new Pool("ocspool", "ocspool.ocs.lab", Edition.ENTERPRISE, "SQL1\\OCS", "sql1.ocs.lab"));
        assertThat(found.servers())
                .containsExactly(
                        new Server("edge.ocs.lab", List.of("edge"), null),
                        new Server("fe1.ocs.lab", List.of("front-end"), "ocspool"),
                        new Server("fe2.ocs.lab", List.of("front-end"), "ocspool"),
                        new Server("med.ocs.lab", List.of("mediation"), null),
                        new Server("somebody.ocs.lab", List.of(), null));
    }

    private Deployment deployment() {
        return Objects.requireNonNull(look(controller.ldaps()).deployment());
    }

    private void computer(String host, String fqdn) {
        var dn = "CN=%s,CN=Users,%s".formatted(host, FakeDomainController.DOMAIN);
        controller.add(dn, "computer", new Attribute("dNSHostName", fqdn), new Attribute("sAMAccountName", host + "$"));
        controller.add("CN=Microsoft," + dn, "container");
    }

    private void point(String host, String name, String objectClass) {
        controller.add(
                "CN=%s,CN=Microsoft,CN=%s,CN=Users,%s".formatted(name, host, FakeDomainController.DOMAIN),
                objectClass,
                new Attribute("cn", name));
    }

    private void pool(String name, String fqdn, String type, String backEnd, String... hosts) {
        var dn = "CN=%s,CN=Pools,%s".formatted(name, FakeDomainController.CONTAINER);
        if (controller.entry(dn) != null) {
            controller.delete(dn);
        }
        controller.add(
                dn,
                "msRTCSIP-Pool",
                new Attribute("dNSHostName", fqdn),
                new Attribute("msRTCSIP-PoolType", type),
                new Attribute("msRTCSIP-BackEndServer", backEnd));
        controller.add("CN=Microsoft," + dn, "container");
        controller.add(
                "CN=LC Services,CN=Microsoft," + dn,
                "msRTCSIP-PoolService",
                new Attribute(
                        "msRTCSIP-FrontEndServers",
                        Stream.of(hosts)
                                .map(host -> "CN=LC Services,CN=Microsoft,CN=%s,CN=Users,%s"
                                        .formatted(host, FakeDomainController.DOMAIN))
                                .toList()));
    }

    private void named(String name, String objectClass, String attribute, String fqdn) {
        controller.add(
                "CN=%s,%s".formatted(name, FakeDomainController.CONTAINER),
                objectClass,
                new Attribute(attribute, fqdn));
    }

    private Inventory.Directory look(String url) {
        return handler(url, FakeDomainController.PASSWORD).look(Duration.ofSeconds(5));
    }

    private DiscoverDirectory handler(String url, String password) {
        return new DiscoverDirectory(TestSite.at(folder, url, password, TestCertificates.LOCALHOST.pem()));
    }
}
