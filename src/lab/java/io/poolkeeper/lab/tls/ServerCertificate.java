// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tls;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.OID;
import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate with the names that a client may check, made anew at each start. Elliptic, because an RSA key takes
 * ten times as long.
 *
 * @param pem what a client must trust
 * @param context serves TLS with it
 */
public record ServerCertificate(String pem, SSLContext context) {
    private static final OID SUBJECT_ALTERNATIVE_NAME = new OID("2.5.29.17");
    private static final byte DNS_NAME = (byte) 0x82;
    private static final byte IP_ADDRESS = (byte) 0x87;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final Duration LIFE = Duration.ofDays(365);

    /** Makes key and certificate for that host, localhost and 127.0.0.1. */
    public static ServerCertificate of(String fqdn) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            var certificate = selfSigned(fqdn, keys);
            return new ServerCertificate(certificate.toPEMString(), context(keys, certificate.toCertificate()));
        } catch (GeneralSecurityException | CertException | LDAPException | IOException e) {
            throw new IllegalStateException("no certificate for " + fqdn, e);
        }
    }

    private static X509Certificate selfSigned(String fqdn, KeyPair keys) throws CertException, LDAPException {
        var names = new ASN1Sequence(
                new ASN1OctetString(DNS_NAME, fqdn),
                new ASN1OctetString(DNS_NAME, "localhost"),
                new ASN1OctetString(IP_ADDRESS, LOOPBACK));
        // valid from yesterday, for a client whose clock is behind
        var from = Instant.now().minus(Duration.ofDays(1));
        return X509Certificate.generateSelfSignedCertificate(
                SignatureAlgorithmIdentifier.SHA_256_WITH_ECDSA,
                keys,
                new DN("CN=" + fqdn),
                from.toEpochMilli(),
                from.plus(LIFE).toEpochMilli(),
                new X509CertificateExtension(SUBJECT_ALTERNATIVE_NAME, false, names.encode()));
    }

    private static SSLContext context(KeyPair keys, Certificate certificate)
            throws GeneralSecurityException, IOException {
        var noPassword = new char[0];
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, noPassword);
        store.setKeyEntry("server", keys.getPrivate(), noPassword, new Certificate[] {certificate});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, noPassword);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
