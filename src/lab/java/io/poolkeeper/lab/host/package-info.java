// SPDX-License-Identifier: Apache-2.0
/** Stand-in for a Windows host without Java that works by hand-off: Task Scheduler, cmd and the script in one. */
@NullMarked
package io.poolkeeper.lab.host;

import org.jspecify.annotations.NullMarked;
