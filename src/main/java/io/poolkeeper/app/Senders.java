// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.run.ProgressBoard.Progress;
import io.poolkeeper.site.Broker;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Claim;
import io.poolkeeper.step.Presence;
import io.poolkeeper.step.StepResult;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what a worker says was sent by that worker: bean {@code senders}. All workers may write results, so a right on
 * the queue cannot tell them apart; the user that the broker stamped on the message can. The coordinator speaks for
 * everybody: it is its own worker, and that of every host that logs in as it does.
 */
public final class Senders {
    private static final Logger LOG = LoggerFactory.getLogger(Senders.class);

    /** Beyond this many liars the log has said enough. */
    private static final int MOST_TOLD = 100;

    private final Site site;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Senders(Site site) {
        this.site = site;
    }

    /**
     * Lets a claim or a result pass.
     *
     * @param user as whom its sender is known to the broker; null if the broker does not say
     * @throws MessageRefused if another user than its worker's sent it
     */
    public Object believe(Object message, @Nullable String user) {
        doubt(worker(message), user).ifPresent(reason -> {
            throw new MessageRefused(reason);
        });
        return message;
    }

    /** Whether a sign of life is its worker's own. They come every second: a false one is dropped, and told once. */
    public boolean isBelieved(Object sign, @Nullable String user) {
        var doubt = doubt(worker(sign), user);
        doubt.filter(reason -> told.size() < MOST_TOLD && told.add(reason))
                .ifPresent(reason -> LOG.error("a sign of life is not believed: {}", reason));
        return doubt.isEmpty();
    }

    private static String worker(Object message) {
        if (message instanceof Claim claim) {
            return claim.worker();
        } else if (message instanceof StepResult result) {
            return result.worker();
        } else if (message instanceof Progress progress) {
            return progress.worker();
        } else if (message instanceof Presence presence) {
            return presence.worker();
        }
        throw new IllegalArgumentException(
                "no worker says " + message.getClass().getSimpleName());
    }

    private Optional<String> doubt(String worker, @Nullable String user) {
        if (site.broker().isEmpty()) {
            return Optional.empty(); // the embedded broker is reached from within this process alone
        }
        var broker = site.broker().get();
        if (user == null) {
            return broker.serve().isEmpty() // a company's own broker may not stamp users: docs/security.md
                    ? Optional.empty()
                    : Optional.of("a message of worker " + worker + " came without the user that sent it");
        }
        return Optional.of(user)
                .filter(sender -> !isCoordinator(broker, sender))
                .filter(sender -> !isWorker(worker, sender))
                .map(sender -> "user " + sender + " speaks for worker " + worker + ". HINT: is workers." + worker
                        + ".user right, or does " + sender + " lie?");
    }

    private static boolean isCoordinator(Broker broker, String user) {
        return broker.user().filter(user::equals).isPresent();
    }

    private boolean isWorker(String worker, String user) {
        return Optional.ofNullable(site.workers().get(worker))
                .flatMap(Site.Worker::user)
                .filter(user::equals)
                .isPresent();
    }
}
