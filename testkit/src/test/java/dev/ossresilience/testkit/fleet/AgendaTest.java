package dev.ossresilience.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private record Due(long time, int number) {}

  @Test
  void whatIsDueFirstHappensFirstAndWhatIsDueAtOnceInTheOrderOfEntry() {
    Agenda agenda = new Agenda();
    List<Lane> lanes = List.of(agenda.lane(3), agenda.lane(40));
    SplittableRandom random = new SplittableRandom(5);
    List<Due> entered = new ArrayList<>();
    List<Due> happened = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      agenda.at(i * 10L, () -> {
        for (int j = 0; j < 50; j++) {
          enter(agenda, lanes, random, entered, happened);
        }
      });
    }
    agenda.run();
    assertThat(happened).hasSize(5000).isSortedAccordingTo(Comparator.comparingLong(Due::time).thenComparingInt(Due::number));
    assertThat(happened).containsExactlyInAnyOrderElementsOf(entered);
  }

  private static void enter(Agenda agenda, List<Lane> lanes, SplittableRandom random, List<Due> entered, List<Due> happened) {
    int where = random.nextInt(3);
    long delay = where == 0 ? 3 : where == 1 ? 40 : random.nextInt(2000);
    Due due = new Due(agenda.nanoTime() + delay, entered.size());
    entered.add(due);
    Runnable event = () -> {
      assertThat(agenda.nanoTime()).isEqualTo(due.time());
      happened.add(due);
    };
    if (where < 2) {
      agenda.in(lanes.get(where), event);
    } else {
      agenda.in(delay, event);
    }
  }

  @Test
  void aLaneKeepsItsOrderWhenItGrows() {
    Agenda agenda = new Agenda();
    Lane lane = agenda.lane(100);
    List<Integer> happened = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      agenda.at(i / 20, () -> agenda.in(lane, () -> happened.add(number)));
    }
    agenda.run();
    assertThat(happened).hasSize(10_000).isSorted();
  }
}
