// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

/**
 * One thing that was changed in the running lab.
 *
 * @param part what it belongs to, such as {@code database:ocs2007-rtc/rtc}
 * @param place where in it
 * @param before the value before
 * @param after the value now
 */
public record Change(String part, String place, String before, String after) {}
