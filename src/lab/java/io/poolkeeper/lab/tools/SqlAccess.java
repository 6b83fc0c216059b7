// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.nio.file.Path;

/**
 * How the writer of SQL Server logs in to an instance.
 *
 * @param url for JDBC
 * @param virtualDevices the folder in which the instance's virtual devices really lie
 */
public record SqlAccess(String url, String user, String password, Path virtualDevices) {}
