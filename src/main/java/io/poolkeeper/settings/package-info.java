/**
 * Settings and user data that only the product's own tools export: LCSCmd and dbimpexp are run with arguments made from
 * the site file, and what they wrote is read, whatever their exit code says.
 *
 * <p>May import: schema, catalogue, site, step, set, tool.
 */
@NullMarked
package io.poolkeeper.settings;

import org.jspecify.annotations.NullMarked;
