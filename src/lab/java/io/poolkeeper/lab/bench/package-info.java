/**
 * The verb {@code bench}: measures Poolkeeper beside its peers, whole processes on the same data in the same run, and says the
 * ratios. It installs nothing: a peer that is not there is left out, and named.
 */
@NullMarked
package io.poolkeeper.lab.bench;

import org.jspecify.annotations.NullMarked;
