// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

/**
 * The pool that all people of the lab are homed on.
 *
 * @param name for a Standard Edition the host name of its one server
 * @param fqdn name in DNS
 * @param edition decides its type
 * @param backEnd as WMI and the directory name it: {@code (local)\rtc} or {@code HOST} or {@code HOST\INSTANCE}
 */
public record Pool(String name, String fqdn, Edition edition, String backEnd) {}
