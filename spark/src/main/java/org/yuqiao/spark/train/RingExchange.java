package org.yuqiao.spark.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.Communicator;
import ml.dmlc.xgboost4j.java.RabitTracker;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.BarrierTaskContext;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.train.GradientExchange;

/**
 * All-reduce on a ring between the tasks of a barrier stage, by XGBoost's communicator. The first
 * task runs the tracker, whose address the others learn from Spark. All calls of a task come from
 * one thread, to which the communicator belongs.
 */
final class RingExchange implements GradientExchange, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Others wait through validations and tests; a lost process is noticed without a limit. */
  private static final int TIMEOUT_SECONDS = 1_000_000;

  private static final int TRACKER_MILLISECONDS = 10_000;

  private final BarrierTaskContext context;
  private final InPlaceReduction ring = new InPlaceReduction();
  private Optional<RabitTracker> tracker = Optional.empty();
  private State state = State.NEW;

  private enum State {
    NEW,
    CONNECTED,
    BROKEN
  }

  RingExchange(BarrierTaskContext context) {
    this.context = context;
  }

  @Override
  public int rank() {
    return context.partitionId();
  }

  @Override
  public int worldSize() {
    return context.getTaskInfos().length;
  }

  /**
   * Sums over all tasks; connects them when first called.
   *
   * @throws LostReplicaException when a task is lost
   * @throws LeaderEndedException when the first task ends without having called this
   */
  @Override
  public void sum(INDArray values, double[] sums) {
    connected(
        () -> {
          ring.sum(values);
          if (sums.length > 0) {
            ring.sum(sums);
          }
        });
  }

  /**
   * The maxima over all tasks.
   *
   * @throws LostReplicaException as {@link #sum}
   * @throws LeaderEndedException as {@link #sum}
   */
  @Override
  public void max(INDArray values) {
    connected(() -> ring.max(values));
  }

  private void connected(Runnable work) {
    if (state == State.NEW) {
      connect();
    }
    try {
      work.run();
    } catch (LostReplicaException e) {
      state = State.BROKEN;
      throw e;
    }
  }

  private void connect() {
    state = State.BROKEN;
    try {
      String[] addresses = context.allGather(rank() == 0 ? startTracker() : "");
      if (addresses[0].isEmpty()) {
        throw new LeaderEndedException();
      }
      Map<String, Object> arguments =
          new HashMap<>(JSON.readValue(addresses[0], new TypeReference<>() {}));
      arguments.put("dmlc_task_id", String.valueOf(rank()));
      arguments.put("dmlc_timeout_sec", TIMEOUT_SECONDS);
      Communicator.init(arguments);
    } catch (XGBoostError | JsonProcessingException e) {
      throw new LostReplicaException("replicas cannot be connected: " + e.getMessage());
    }
    state = State.CONNECTED;
  }

  private String startTracker() throws XGBoostError, JsonProcessingException {
    String host = context.getTaskInfos()[0].address().replaceFirst(":\\d+$", "");
    RabitTracker own = new RabitTracker(worldSize(), host, 0, TIMEOUT_SECONDS);
    own.start();
    tracker = Optional.of(own);
    return JSON.writeValueAsString(own.getWorkerArgs());
  }

  /** Leaves the ring without the others, whose next sum fails. */
  void breakOff() {
    if (worldSize() > 1) {
      state = State.BROKEN;
    }
  }

  /** Disconnects all tasks together; in the first one releases those that wait for a connection. */
  @Override
  public void close() {
    if (state == State.NEW) {
      if (rank() == 0 && worldSize() > 1) {
        context.allGather("");
      }
      return;
    }
    boolean together = state == State.CONNECTED;
    if (together) {
      context.barrier();
    }
    try {
      Communicator.shutdown();
      if (together) {
        context.barrier();
        if (tracker.isPresent()) {
          tracker.get().waitFor(TRACKER_MILLISECONDS);
          tracker.get().stop();
        }
      }
    } catch (XGBoostError e) {
      if (together) {
        throw new LostReplicaException("replicas cannot be disconnected: " + e.getMessage());
      }
    }
  }
}
