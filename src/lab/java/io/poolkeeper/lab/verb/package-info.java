/**
 * The verb {@code lab} of the command line: starts a lab as a process of its own, stops it, tells whether it runs. The command line
 * of the product finds it as a {@link java.util.spi.ToolProvider}, an interface of the JDK.
 */
@NullMarked
package io.poolkeeper.lab.verb;

import org.jspecify.annotations.NullMarked;
