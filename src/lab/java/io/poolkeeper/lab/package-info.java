// SPDX-License-Identifier: Apache-2.0
/** The lab: a whole OCS site on one machine. Shares no code with the product. */
package io.poolkeeper.lab;
