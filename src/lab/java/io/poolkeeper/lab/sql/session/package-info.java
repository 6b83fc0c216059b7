// SPDX-License-Identifier: Apache-2.0
/**
 * What the wire and the engine say to one another: who logs in, what is asked, and what comes back. The wire knows no
 * SQL and the engine knows no token; both know only this package.
 */
package io.poolkeeper.lab.sql.session;
