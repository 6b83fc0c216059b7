// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output.Discovered;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TestWork;
import java.nio.file.Path;
import java.time.Duration;
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

    private Inventory.Directory look(String url) {
        return handler(url, FakeDomainController.PASSWORD).look(Duration.ofSeconds(5));
    }

    private DiscoverDirectory handler(String url, String password) {
        return new DiscoverDirectory(TestSite.at(folder, url, password, TestCertificates.LOCALHOST.pem()));
    }
}
