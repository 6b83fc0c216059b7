// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.io.IOException;
import java.io.InputStream;

/** A file that is being read. Not thread-safe. */
interface OpenFile extends AutoCloseable {
    /** Its bytes from the first to the last, once. */
    InputStream bytes();

    /** What the file system says of it now; gone if it was deleted. */
    Facts now();

    /** What of it is not its content. */
    Extras extras();

    @Override
    void close() throws IOException;
}
