/**
 * The lab: a whole OCS site on one machine, for the demonstration, the documentation and the tests. {@link io.poolkeeper.lab.Lab}
 * starts and stops it, changes it and breaks it on demand. It shares no code with the product: a mistake in a shared grammar
 * would make both sides agree.
 *
 * <p>{@code model} says what the site consists of; {@code database}, {@code directory}, {@code shares} and {@code tools} make it
 * real; {@code sql} stands in for SQL Server; {@code outbox} receives reports; {@code site} describes the running lab to the
 * product; {@code compare} tells what differs after a restore; {@code verb} is the command line.
 */
@NullMarked
package io.poolkeeper.lab;

import org.jspecify.annotations.NullMarked;
