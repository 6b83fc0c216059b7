// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import jakarta.jms.Destination;
import jakarta.jms.Session;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.support.destination.DestinationResolver;

/**
 * Names to destinations. From step queues nothing is prefetched: a step that waits in one worker's memory while another
 * worker is idle is lost time, and lost altogether when the first one dies.
 */
final class Destinations implements DestinationResolver {
    private static final String STEPS = "poolkeeper.step.";

    @Override
    public Destination resolveDestinationName(@Nullable Session session, String name, boolean topic) {
        if (topic) {
            return new ActiveMQTopic(name);
        }
        return new ActiveMQQueue(name.startsWith(STEPS) ? name + "?consumer.prefetchSize=0" : name);
    }
}
