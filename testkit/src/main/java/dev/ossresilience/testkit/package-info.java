/**
 * A simulated OSS with faults, for tests.
 *
 * <pre>{@code
 * try (OssSimulator oss = OssSimulator.builder().start()) {
 *   oss.faults().next(Fault.applyThenDrop());
 *   // append "x" to logs/app.log at oss.endpoint(): stored, but the answer is lost
 *   oss.bytesOf("logs", "app.log");
 *   oss.faults().happened(Fault.applyThenDrop()); // 1
 * }
 * }</pre>
 *
 * <p>A request takes this way: {@code FrontEnd} takes it off the wire and draws its fault, {@code Courier} acts out the fault
 * around {@code Service}, which asks {@code Authenticator} and then {@code Operations} on the {@code Store}, and {@code Responder}
 * writes the answer as OSS would.
 */
@NullMarked
package dev.ossresilience.testkit;

import dev.ossresilience.testkit.answer.Responder;
import dev.ossresilience.testkit.auth.Authenticator;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.operation.Operations;
import dev.ossresilience.testkit.operation.Service;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.wire.Courier;
import dev.ossresilience.testkit.wire.FrontEnd;
import org.jspecify.annotations.NullMarked;
