/**
 * Stand-ins for tools that run as processes of their own: LCSCmd and dbimpexp of OCS 2007 R2, wbadmin and vssadmin of Windows. They
 * keep to the grammar that is known of the real ones, read the lab's stores below {@code <lab>/ocs} and {@code <lab>/vss} and fail
 * where the real ones fail. What the real XML looks like inside is not known in full; that of dbimpexp follows public scripts, that
 * of LCSCmd is a likeness. The image of wbadmin is a ZIP file in place of a virtual disk.
 *
 * <p>The tools use the JDK alone and little of it, so that they start in a fraction of a second.
 */
@NullMarked
package io.poolkeeper.lab.tools;

import org.jspecify.annotations.NullMarked;
