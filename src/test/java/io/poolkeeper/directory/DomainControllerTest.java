// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.AbstractThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainControllerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final FakeDomainController controller = new FakeDomainController(TestCertificates.LOCALHOST);

    @AfterEach
    void close() {
        controller.close();
    }

    @Test
    void bindsOverLdaps() throws LDAPException {
        try (var connection = connect(controller.ldaps(), TestCertificates.LOCALHOST)) {
            assertThat(connection.ldap().getEntry(FakeDomainController.CONFIGURATION))
                    .isNotNull();
        }
    }

    @Test
    void bindsOverStartTls() throws LDAPException {
        try (var connection = connect(controller.startTls(), TestCertificates.LOCALHOST)) {
            assertThat(connection.ldap().getEntry(FakeDomainController.CONFIGURATION))
                    .isNotNull();
        }
    }

    @Test
    void neverSendsThePasswordToAServerWithoutStartTls() {
        refused(controller.plain(), TestCertificates.LOCALHOST).hasMessageContaining("StartTLS");

        assertThat(controller.limits.binds).hasValue(0);
    }

    @Test
    void refusesACertificateThatTheSiteDoesNotTrust() {
        refused(controller.ldaps(), TestCertificates.OTHER_HOST).hasMessageContaining("not trusted");
        refused(controller.startTls(), TestCertificates.OTHER_HOST).hasMessageContaining("not trusted");

        assertThat(controller.limits.binds).hasValue(0);
    }

    @Test
    void refusesACertificateOfAnotherHost() {
        try (var other = new FakeDomainController(TestCertificates.OTHER_HOST)) {
            refused(other.ldaps(), TestCertificates.OTHER_HOST).hasMessageContaining("another host");
            refused(other.startTls(), TestCertificates.OTHER_HOST).hasMessageContaining("another host");

            assertThat(other.limits.binds).hasValue(0);
        }
    }

    @Test
    void refusesAnExpiredCertificateOfAnAuthority() {
        try (var expired = new FakeDomainController(TestCertificates.EXPIRED)) {
            refused(expired.ldaps(), TestCertificates.LOCALHOST).hasMessageContaining("certificate");
        }
    }

    @Test
    void saysThatAPortDoesNotSpeakTls() {
        refused(controller.ldapsOnThePlainPort(), TestCertificates.LOCALHOST)
                .hasMessageContaining("does not speak TLS");
    }

    @Test
    void triesAgainWhenNobodyListens() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        passing("ldaps://localhost:" + free).hasMessageContaining("cannot be reached");
    }

    @Test
    void shakesHandsOnce() throws Exception {
        var context = TestCertificates.LOCALHOST.server();
        var handshakes = new AtomicInteger();
        try (var server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
            server.setEnabledProtocols(new String[] {"TLSv1.2"}); // in which a second one would be seen here
            var served = new FutureTask<>(() -> {
                try (var socket = (SSLSocket) server.accept()) {
                    socket.addHandshakeCompletedListener(event -> handshakes.incrementAndGet());
                    return socket.getInputStream().read();
                }
            });
            new Thread(served, "server").start();

            passing("ldaps://localhost:" + server.getLocalPort());

            assertThat(served.get()).as("the first byte of a bind request").isEqualTo(0x30);
            Awaitility.await("the server is told of it").until(() -> handshakes.get() > 0);
            assertThat(handshakes).hasValue(1);
        }
    }

    @Test
    void triesAgainWhenTheNameCannotBeResolved() {
        passing("ldaps://no-such-host.invalid").hasMessageContaining("cannot be resolved");
    }

    @Test
    void waitsNoLongerThanAskedForAServerThatSaysNothing() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getByName("localhost"))) {
            var started = System.nanoTime();

            passing("ldaps://localhost:" + silent.getLocalPort());
            passing("ldap://localhost:" + silent.getLocalPort());

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void refusesAWrongPasswordForGoodAndDoesNotRepeatIt() {
        var site = TestSite.at(folder, controller.ldaps(), "Wr0ng-and-secret", TestCertificates.LOCALHOST.pem());

        assertThatThrownBy(() -> DomainController.of(site).open(SECOND, SECOND))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContainingAll(FakeDomainController.ACCOUNT, "wrong", "49")
                .hasMessageNotContaining("Wr0ng-and-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "525, no such account",
        "52e, wrong password",
        "530, logon hours",
        "532, expired",
        "533, disabled",
        "701, expired",
        "773, change",
        "775, locked out"
    })
    void explainsWhyActiveDirectoryRefusesABind(String data, String words) {
        controller.limits.bindRefusal = new LDAPException(
                ResultCode.INVALID_CREDENTIALS,
                "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data " + data + ", v1db1");

        var fault = catchFault(controller.ldaps());

        assertThat(fault).isInstanceOf(PermanentFault.class);
        assertThat(fault.getMessage() + fault.hint()).contains(words, data);
    }

    @Test
    void saysWhatToDoWhenStrongerAuthenticationIsWanted() {
        controller.limits.bindRefusal =
                new LDAPException(ResultCode.STRONG_AUTH_REQUIRED, "00002028: LdapErr: DSID-0C090202");

        assertThat(catchFault(controller.ldaps()).hint()).contains("ldaps://");
    }

    @Test
    void saysWhichTrustFileIsUseless() throws IOException {
        var empty = Files.writeString(folder.resolve("trust.pem"), "no certificate");
        var site = TestSite.at(folder, controller.ldaps(), FakeDomainController.PASSWORD, empty);

        assertThatThrownBy(() -> DomainController.of(site).open(SECOND, SECOND))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("trust.pem");
    }

    @Test
    void saysWhichPasswordFileIsMissing() throws IOException {
        var site = TestSite.at(
                folder, controller.ldaps(), FakeDomainController.PASSWORD, TestCertificates.LOCALHOST.pem());
        Files.delete(folder.resolve("password"));

        assertThatThrownBy(() -> DomainController.of(site).open(SECOND, SECOND))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("password");
    }

    private DomainController.Line connect(String url, TestCertificates trusted) {
        var site = TestSite.at(folder, url, FakeDomainController.PASSWORD, trusted.pem());
        return DomainController.of(site).open(SECOND, SECOND);
    }

    private AbstractThrowableAssert<?, ?> refused(String url, TestCertificates trusted) {
        return assertThatThrownBy(() -> connect(url, trusted)).isInstanceOf(PermanentFault.class);
    }

    private AbstractThrowableAssert<?, ?> passing(String url) {
        return assertThatThrownBy(() -> connect(url, TestCertificates.LOCALHOST))
                .isInstanceOf(TransientFault.class);
    }

    private StepFault catchFault(String url) {
        return (StepFault)
                org.assertj.core.api.Assertions.catchThrowable(() -> connect(url, TestCertificates.LOCALHOST));
    }
}
