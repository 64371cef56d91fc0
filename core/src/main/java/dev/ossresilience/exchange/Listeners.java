package dev.ossresilience.exchange;

import dev.ossresilience.report.ExchangeListener;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.report.OssListener;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told what happens in exchanges. Immutable; what listeners throw stays here. */
public final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final Listeners NONE = new Listeners(List.of(), List.of());

  private final List<Guarded> ofEvents;
  private final List<Guarded> ofEnds;

  private Listeners(List<Guarded> ofEvents, List<Guarded> ofEnds) {
    this.ofEvents = ofEvents;
    this.ofEnds = ofEnds;
  }

  /** Nobody. */
  public static Listeners none() {
    return NONE;
  }

  /** These and one more, who is told everything. */
  public Listeners withEvents(OssListener listener) {
    return new Listeners(Stream.concat(ofEvents.stream(), Stream.of(new Guarded(listener))).toList(), ofEnds);
  }

  /** These and one more, who is told the ends of calls. */
  public Listeners withEnds(ExchangeListener listener) {
    OssListener ofEnd = event -> {
      if (event instanceof OssEvent.CallEnded ended) {
        listener.onEnd(ended.report());
      }
    };
    return new Listeners(ofEvents, Stream.concat(ofEnds.stream(), Stream.of(new Guarded(ofEnd))).toList());
  }

  /** Whether anybody is told more than the ends of calls. */
  boolean hearEvents() {
    return !ofEvents.isEmpty();
  }

  /** Whether anybody is told the ends of calls. */
  boolean hearEnds() {
    return !ofEvents.isEmpty() || !ofEnds.isEmpty();
  }

  void tell(OssEvent event) {
    for (Guarded listener : ofEvents) {
      listener.tell(event);
    }
  }

  void tell(OssEvent.CallEnded end) {
    tell((OssEvent) end);
    for (Guarded listener : ofEnds) {
      listener.tell(end);
    }
  }

  /** Keeps calls from what a listener throws, and the log from saying it for each of them. */
  private static final class Guarded {
    private final OssListener listener;
    private final AtomicBoolean complained = new AtomicBoolean();

    Guarded(OssListener listener) {
      this.listener = listener;
    }

    void tell(OssEvent event) {
      try {
        listener.onEvent(event);
      } catch (VirtualMachineError e) {
        throw e; // ignored, a listener that calls itself without end would go on without end
      } catch (Throwable e) { // an Error or Kotlin's checked exceptions too: a write that is done must not look like one that failed
        if (complained.compareAndSet(false, true)) {
          LOG.warn("a listener threw {}; calls go on, and what else it throws isn't told", e.getClass().getName());
        }
      }
    }
  }
}
