package dev.ossresilience.benchmarks.scorecard.peer;

import dev.ossresilience.signing.Credentials;
import java.util.Iterator;
import java.util.List;

/**
 * Where a program's credentials come from, as from STS: each fetch gives newer ones, and the last ones for ever. A client that fetches
 * only when those that it has are about to expire, as all peers do, gets by with one fetch.
 */
public final class Vault {
  private final Iterator<Credentials> issued;
  private Credentials latest;

  /** Issues these, one after the other. */
  public Vault(List<Credentials> credentials) {
    issued = credentials.iterator();
    latest = credentials.get(0);
  }

  /** Asks for new ones. */
  public synchronized Credentials fetch() {
    if (issued.hasNext()) {
      latest = issued.next();
    }
    return latest;
  }
}
