// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.set.Release;
import picocli.CommandLine.IVersionProvider;

/** {@code --version}. */
final class ReleaseVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"poolkeeper " + Release.version()};
    }
}
