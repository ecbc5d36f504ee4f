package org.yuqiao.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The provenance of a run, for the templates of the report. */
record Origin(
    String letter,
    String run,
    String seed,
    String command,
    String commit,
    String identity,
    String begun,
    String backend,
    String machine,
    String corpora) {
  private static final double GIBIBYTE = Math.pow(2, 30);

  /** The provenance of {@code run}; empty fields if its folder has none. */
  static Origin of(CompetingSystem system, FinishedRun run) {
    String seed = Long.toString(run.settings().train().seed());
    return run.provenance()
        .filter(provenance -> !provenance.sessions().isEmpty())
        .map(
            provenance -> {
              var last = provenance.sessions().get(provenance.sessions().size() - 1);
              List<String> corpora = new ArrayList<>();
              provenance
                  .corpora()
                  .forEach(
                      (role, list) ->
                          list.forEach(c -> corpora.add(role + " " + c.name() + " " + c.sha256())));
              return new Origin(
                  system.letter(),
                  run.path().toString(),
                  seed,
                  last.command(),
                  last.commit(),
                  provenance.identity(),
                  provenance.sessions().get(0).begun()
                      + (provenance.sessions().size() == 1
                          ? ""
                          : ", " + provenance.sessions().size() + " sessions"),
                  last.backend() + ", Java " + last.java(),
                  String.format(
                      Locale.ROOT,
                      "%s, %s, %d cores, %.1f GiB",
                      last.machine().system(),
                      last.machine().cpu(),
                      last.machine().cores(),
                      last.machine().memoryBytes() / GIBIBYTE),
                  String.join("; ", corpora));
            })
        .orElseGet(
            () ->
                new Origin(
                    system.letter(), run.path().toString(), seed, "", "", "", "", "", "", ""));
  }
}
