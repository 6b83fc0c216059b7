// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.util.UUID;

/**
 * One person who is enabled for OCS. The same one is a row in rtc, an object in the directory and an element in the
 * user data.
 *
 * @param number counts from 1
 * @param guid objectGUID in the directory; rtc maps it to the SIP address
 * @param sid objectSid in the directory
 * @param givenName in the person's own script
 * @param surname in the person's own script
 * @param account sAMAccountName, ASCII, unique
 * @param domain DNS name of the domain
 * @param department where the person works
 * @param site the office, also the name of the location profile
 * @param extension the digits of the internal telephone number
 * @param voice enabled for Enterprise Voice
 */
public record Person(
        int number,
        UUID guid,
        Sid sid,
        String givenName,
        String surname,
        String account,
        String domain,
        String department,
        String site,
        String extension,
        boolean voice) {
    /** As shown in Communicator. */
    public String displayName() {
        return givenName + " " + surname;
    }

    /** {@code user@host}, the key of rtc and of dbimpexp. */
    public String userAtHost() {
        return account + "@" + domain;
    }

    /** The SIP address. */
    public String sip() {
        return "sip:" + userAtHost();
    }

    /** The telephone number as OCS keeps it in msRTCSIP-Line. */
    public String line() {
        return "tel:+3120555" + extension + ";ext=" + extension;
    }
}
