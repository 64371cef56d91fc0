package dev.ossresilience.okhttp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Finds what another one finds, and isn't that one: no connection of the pool is one for another Dns. All of them for the same one are
 * equal and hold nothing of a call, since OkHttp remembers each route that failed, with its Dns, for as long as the client lives.
 */
record NewConnectionDns(Dns dns) implements Dns {
  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    return dns.lookup(hostname);
  }
}
