// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.share.FolderWatch;
import io.poolkeeper.share.ShareFolders;
import io.poolkeeper.site.Site;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint {@code share-watch:<key>}: an exchange with a {@link Changed} for each change that the system tells of in the folder
 * of that share; none for a share of a file server.
 */
final class ShareWatchComponent extends DefaultComponent {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Site site;
    private final ShareChanges changes;
    private final Clock clock;

    ShareWatchComponent(Site site, ShareChanges changes, Clock clock) {
        this.site = site;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String share, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException("nothing can be sent to a watched share");
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new Watcher(this, processor, share);
            }
        };
    }

    private final class Watcher extends DefaultConsumer implements FolderWatch.Listener {
        private final String share;
        private @Nullable FolderWatch watch;

        Watcher(DefaultEndpoint endpoint, Processor processor, String share) {
            super(endpoint, processor);
            this.share = share;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            var folder = ShareFolders.find(site, share).flatMap(found -> found.path());
            if (folder.isPresent()) {
                watch = new FolderWatch(share, folder.get(), PAUSE, this);
                watch.start();
            }
        }

        @Override
        protected void doStop() throws Exception {
            if (watch != null) {
                watch.close();
            }
            super.doStop();
        }

        @Override
        public void began() {
            changes.began(share);
        }

        @Override
        public void changed(String path) {
            var exchange = createExchange(true);
            exchange.getMessage().setBody(Changed.one(share, path, clock.instant()));
            try {
                getProcessor().process(exchange);
            } catch (Exception e) {
                getExceptionHandler().handleException("share " + share, exchange, e);
            }
        }

        @Override
        public void ended(String why) {
            changes.ended(share, why);
        }
    }
}
