/**
 * The verbs, one class each, and the exit codes that they end with. Results go to stdout, everything else to stderr.
 *
 * <p>May import: everything. Nothing imports it.
 */
@NullMarked
package io.poolkeeper.cli;

import org.jspecify.annotations.NullMarked;
