/**
 * Where the site's reports arrive: a mail server and the webhook of a Teams channel. Both take what a real one would take, refuse what
 * it would refuse, and keep what they got as numbered files.
 */
@NullMarked
package io.poolkeeper.lab.outbox;

import org.jspecify.annotations.NullMarked;
