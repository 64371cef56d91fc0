package dev.ossresilience.benchmarks.scorecard;

import dev.ossresilience.benchmarks.scorecard.script.Cell;
import dev.ossresilience.benchmarks.scorecard.script.Script;
import java.util.List;

/** How all clients fared in one script, in the order of the columns. */
public record Row(Script script, List<Cell> cells) {}
