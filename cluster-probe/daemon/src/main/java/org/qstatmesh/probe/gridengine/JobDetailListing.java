package org.qstatmesh.probe.gridengine;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.reason.ReasonSource;
import org.qstatmesh.probe.reason.WaitSentence;
import org.qstatmesh.probe.xml.XmlText;

/**
 * {@code qstat -j … -xml}: every job asked for, then the scheduler's messages. Where there is no
 * such job, or none at all, the document is an {@code <unknown_jobs>}.
 */
final class JobDetailListing {
  /** Takes the jobs as they come. */
  interface Handler {
    /**
     * Takes one.
     *
     * @throws IllegalArgumentException when it makes no sense
     */
    void take(SubmittedAttributes job);
  }

  private final Handler handler;
  private final Problems problems;
  private final Map<String, WaitSentence> reasons = new HashMap<>();
  private int number;

  private JobDetailListing(Handler handler, Problems problems) {
    this.handler = handler;
    this.problems = problems;
  }

  /** Reads all, and returns why jobs wait, by number. */
  static Map<String, WaitSentence> read(Reader in, Problems problems, Handler handler)
      throws IOException, UnparsableException {
    JobDetailListing listing = new JobDetailListing(handler, problems);
    XmlText.read(in, xml -> listing.read(new XmlCursor(xml)));
    return listing.reasons;
  }

  private void read(XmlCursor xml) throws XMLStreamException, UnparsableException {
    switch (xml.root()) {
      case "detailed_job_info" -> readParts(xml);
      case "unknown_jobs" -> xml.skip();
      default -> throw new UnparsableException("the document is no <detailed_job_info>");
    }
    xml.finish();
  }

  private void readParts(XmlCursor xml) throws XMLStreamException, UnparsableException {
    for (String part = xml.nextChild(); part != null; part = xml.nextChild()) {
      switch (part) {
        case "djob_info" -> readJobs(xml);
        case "messages" -> readMessages(xml);
        default -> xml.skip();
      }
    }
  }

  private void readJobs(XmlCursor xml) throws XMLStreamException, UnparsableException {
    for (String job = xml.nextChild(); job != null; job = xml.nextChild()) {
      SubmittedAttributes attributes = SubmittedAttributes.read(xml);
      number++;
      try {
        handler.take(attributes);
      } catch (IllegalArgumentException e) {
        problems.add("job " + number + ": " + e.getMessage());
      }
    }
  }

  /** {@code element/SME_message_list/element}: a message and the jobs it is about. */
  private void readMessages(XmlCursor xml) throws XMLStreamException, UnparsableException {
    for (String all = xml.nextChild(); all != null; all = xml.nextChild()) {
      for (String list = xml.nextChild(); list != null; list = xml.nextChild()) {
        if (list.equals("SME_message_list")) {
          for (String one = xml.nextChild(); one != null; one = xml.nextChild()) {
            readMessage(xml);
          }
        } else {
          xml.skip();
        }
      }
    }
  }

  private void readMessage(XmlCursor xml) throws XMLStreamException, UnparsableException {
    List<String> jobs = new ArrayList<>();
    WaitSentence message = null;
    for (String child = xml.nextChild(); child != null; child = xml.nextChild()) {
      switch (child) {
        case "MES_job_number_list" -> {
          for (String job = xml.nextChild(); job != null; job = xml.nextChild()) {
            jobs.add(xml.text().strip());
          }
        }
        case "MES_message" -> message = ReasonSource.GRID_ENGINE.meaning(xml.text());
        default -> xml.skip();
      }
    }
    for (String job : message == null ? List.<String>of() : jobs) {
      reasons.merge(job, message, WaitSentence::weightier);
    }
  }
}
