// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

/**
 * What an XML file says, whatever its layout.
 *
 * @param root local name of the outermost element
 * @param elements how many elements it has
 * @param attributes how many attributes they have
 * @param users how many of the elements are {@code HomedResource}, which is what dbimpexp calls a user
 * @param sha256 of the canonical form, 64 lower-case hexadecimal digits, see {@link CanonicalXml}
 */
record XmlFacts(String root, long elements, long attributes, long users, String sha256) {}
