/**
 * Programs of others that the kinds run: found, started with a list of arguments that no shell sees and an environment without
 * secrets, killed when their time is over.
 *
 * <p>May import: step, site, catalogue, schema.
 */
@NullMarked
package io.poolkeeper.tool;

import org.jspecify.annotations.NullMarked;
