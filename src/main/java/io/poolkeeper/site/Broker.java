// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A broker outside the coordinator; without it one runs inside.
 *
 * @param url of the client's kind, e.g. {@code failover:(ssl://mq1:61617)}
 * @param user as whom the coordinator logs in
 * @param trust PEM file of the authorities whose brokers are believed; the JVM's if absent
 * @param certificate what a client shows of itself
 * @param serve how {@code poolkeeper broker} runs this broker, if it is ours
 */
public record Broker(
        String url,
        Optional<String> user,
        Optional<SecretRef> password,
        Optional<Path> trust,
        Optional<KeyFile> certificate,
        Optional<Serve> serve) {

    /**
     * A certificate with its private key.
     *
     * @param file PKCS #12
     */
    public record KeyFile(Path file, SecretRef password) {}

    /**
     * How the stand-alone broker runs.
     *
     * @param dir of its log, and of its journal
     * @param store of its journal, if another broker on another host has it too
     * @param listen URIs with the schemes {@code ssl} and {@code amqp+ssl}; on loopback also {@code tcp} and {@code amqp}
     * @param clientAuthority PEM file; clients must show a certificate of one of its authorities
     * @param schedulers users who may ask for runs and nothing else
     */
    public record Serve(
            Path dir,
            Optional<Path> store,
            List<String> listen,
            Optional<KeyFile> certificate,
            Optional<Path> clientAuthority,
            Map<String, SecretRef> schedulers) {}
}
