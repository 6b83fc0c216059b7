// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.util.List;

/**
 * A location profile: how the numbers that people of one office dial become E.164 numbers. In OCS 2007 R2 it lives in
 * the directory alone, so that the directory and the global settings export are its only two copies.
 *
 * @param name the office
 * @param description as the administrator typed it
 * @param rules applied in this order
 */
public record LocationProfile(String name, String description, List<Rule> rules) {
    /**
     * One normalization rule.
     *
     * @param name shown in the console
     * @param pattern regular expression on the digits dialled
     * @param translation what the digits become
     */
    public record Rule(String name, String pattern, String translation) {}

    /** The profiles of the lab's three offices. */
    static List<LocationProfile> all() {
        return List.of(
                profile("Amsterdam", "Head office, Herengracht", "31", "20"),
                profile("Köln", "Büro Köln, Domstraße", "49", "221"),
                profile("Saint Petersburg", "Офис, Невский проспект", "7", "812"));
    }

    private static LocationProfile profile(String name, String description, String country, String area) {
        return new LocationProfile(
                name,
                description,
                List.of(
                        new Rule(name + " internal", "^(1\\d{4})$", "+" + country + area + "555$1"),
                        new Rule(name + " local", "^([2-9]\\d{6})$", "+" + country + area + "$1"),
                        new Rule(name + " national", "^0([1-9]\\d{7,9})$", "+" + country + "$1")));
    }
}
