/**
 * The coordinator's interface for other processes on this machine: REST on loopback, with a token.
 *
 * <p>May import: everything but cli.
 */
@NullMarked
package io.poolkeeper.web;

import org.jspecify.annotations.NullMarked;
