// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

/** What was asked for makes no sense. */
final class WrongUsage extends RuntimeException {
    WrongUsage(String message) {
        super(message);
    }
}
