// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Self-signed certificates, made by the JDK's own keytool once per JVM. */
enum TestCertificates {
    LOCALHOST("dns:localhost", 30),
    OTHER_HOST("dns:dc1.ocs.lab", 30),
    EXPIRED("dns:localhost", -1);

    private static final String STORE_PASSWORD = "changeit";
    private final Path store;
    private final Path pem;

    TestCertificates(String name, int days) {
        try {
            var folder = Files.createTempDirectory("poolkeeper-certificates");
            store = folder.resolve(name() + ".p12");
            pem = folder.resolve(name() + ".pem");
            List.of(folder, store, pem).forEach(file -> file.toFile().deleteOnExit());
            var start = days < 0 ? "-2d" : "-1d";
            keytool(
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name(),
                    "-ext",
                    "san=" + name,
                    "-startdate",
                    start,
                    "-validity",
                    String.valueOf(Math.abs(days)),
                    "-storetype",
                    "PKCS12");
            keytool("-exportcert", "-rfc", "-file", pem.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(String... arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "test", "-keystore", store.toString(), "-storepass", STORE_PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(said);
        }
    }

    /** To trust it. */
    Path pem() {
        return pem;
    }

    /** To present it. */
    SSLContext server() {
        try {
            var keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, STORE_PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
