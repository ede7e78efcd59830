package org.qstatmesh.it.bench;

import java.nio.file.Path;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.qstatmesh.it.bench.jmh.JobListing;

/** What the probe's own code costs for each job of a long queue, measured by JMH. */
final class ParsingCode implements Benchmark {
  @Override
  public String explanation() {
    return "JMH, warm, one thread: from the bytes of a generated listing of 100,000 jobs to records, to the encoded"
        + " snapshot, and to the frame of one reply";
  }

  @Override
  public void run(Path directory, Figures figures) throws Exception {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(JobListing.class.getName())
        .forks(1)
        .warmupIterations(5)
        .warmupTime(TimeValue.seconds(3))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(3))
        .jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
        .output(directory.resolve("jmh.log").toString());
    for (RunResult result : new Runner(options.build()).run()) {
      String form = result.getParams().getParam("form").toLowerCase(Locale.ROOT).replace('_', '-');
      String name = form + "." + result.getPrimaryResult().getLabel();
      figures.print(name, result.getPrimaryResult().getScore(), "us/job");
      figures.print(name + ".error", result.getPrimaryResult().getScoreError(), "us/job");
    }
  }
}
