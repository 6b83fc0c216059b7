// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.asn1.ASN1BitString;
import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Exception;
import com.unboundid.asn1.ASN1Null;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.OID;
import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * An authority of its own and a server's certificate that it issued, as PEM files.
 *
 * @param authority what a client trusts
 * @param certificate names the server, and its address, as alternative names
 * @param key of the server
 */
record IssuedCertificate(Path authority, Path certificate, Path key) {
    private static final OID BASIC_CONSTRAINTS = new OID("2.5.29.19");
    private static final OID ALTERNATIVE_NAME = new OID("2.5.29.17");
    private static final byte DNS_NAME = (byte) 0x82;
    private static final byte IP_ADDRESS = (byte) 0x87;
    private static final Duration LIFE = Duration.ofDays(2);
    private static final SignatureAlgorithmIdentifier SIGNATURE = SignatureAlgorithmIdentifier.SHA_256_WITH_RSA;

    /** Makes both, valid since yesterday. */
    static IssuedCertificate in(Path folder, String host, InetAddress address) throws IOException {
        try {
            var issuerKeys = keys();
            var keys = keys();
            var from = Instant.now().minus(Duration.ofDays(1));
            var until = from.plus(LIFE);
            var issuer = X509Certificate.generateSelfSignedCertificate(
                    SIGNATURE,
                    issuerKeys,
                    new DN("CN=Authority of a test"),
                    from.toEpochMilli(),
                    until.toEpochMilli(),
                    new X509CertificateExtension(
                            BASIC_CONSTRAINTS,
                            true,
                            new ASN1Sequence(new ASN1Element((byte) 1, new byte[] {-1})).encode()));
            var names = new ASN1Sequence(
                    new ASN1OctetString(DNS_NAME, host), new ASN1OctetString(IP_ADDRESS, address.getAddress()));
            var certificate = X509Certificate.generateIssuerSignedCertificate(
                    SIGNATURE,
                    issuer,
                    issuerKeys.getPrivate(),
                    PublicKeyAlgorithmIdentifier.RSA.getOID(),
                    new ASN1Null(),
                    publicKey(keys),
                    null,
                    new DN("CN=" + host),
                    from.toEpochMilli(),
                    until.toEpochMilli(),
                    new X509CertificateExtension(ALTERNATIVE_NAME, false, names.encode()));
            return new IssuedCertificate(
                    Files.writeString(folder.resolve("authority.pem"), issuer.toPEMString()),
                    Files.writeString(folder.resolve("certificate.pem"), certificate.toPEMString()),
                    written(folder.resolve("key.pem"), keys.getPrivate()));
        } catch (GeneralSecurityException | CertException | LDAPException | ASN1Exception e) {
            throw new IllegalStateException("no certificate for " + host, e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        // not elliptic: GnuTLS, which Samba uses, does not read such a key as Java writes it
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** The second half of a SubjectPublicKeyInfo (RFC 5280 section 4.1). */
    private static ASN1BitString publicKey(KeyPair keys) throws ASN1Exception {
        var info = ASN1Sequence.decodeAsSequence(keys.getPublic().getEncoded());
        return info.elements()[1].decodeAsBitString();
    }

    private static Path written(Path file, PrivateKey key) throws IOException {
        var text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
