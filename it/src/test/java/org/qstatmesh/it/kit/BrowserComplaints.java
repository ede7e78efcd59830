package org.qstatmesh.it.kit;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What goes wrong in all pages of a browser's context, popups and workers with them: errors on the
 * console and those that nobody caught, reports of the content security policy, dialogs, and
 * requests to any other machine. One thread, as Playwright is.
 */
public final class BrowserComplaints {
  /** Chromium says violations on the console as well, but not those of every popup. */
  private static final String REPORT_VIOLATIONS =
      """
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
        console.error(`policy: ${violatedDirective} ${blockedURI} ${sample}`);
      });
      """;

  private static final Set<String> OUR_HOSTS = Set.of("127.0.0.1", "localhost");

  /** What the browser says when a mesh went away, as it does at the end of many tests. */
  private static final Pattern NOBODY_THERE =
      Pattern.compile("net::ERR_(CONNECTION_\\w+|EMPTY_RESPONSE)|^WebSocket connection to '");

  private final List<String> found = new ArrayList<>();

  private BrowserComplaints() {}

  /** Listens from now on; to be called before the context's first page. */
  public static BrowserComplaints of(BrowserContext context) {
    BrowserComplaints complaints = new BrowserComplaints();
    context.addInitScript(REPORT_VIOLATIONS);
    context.onConsoleMessage(complaints::hear);
    context.onWebError(error -> complaints.found.add("uncaught: " + error.error()));
    context.onDialog(complaints::dismiss);
    context.onRequest(complaints::see);
    return complaints;
  }

  private void hear(ConsoleMessage message) {
    String text = message.text();
    if (message.type().equals("error") && !NOBODY_THERE.matcher(text).find()) {
      found.add(text);
    }
  }

  private void dismiss(Dialog dialog) {
    found.add("dialog: " + dialog.message());
    try {
      dialog.dismiss();
    } catch (PlaywrightException e) {
      found.add("the dialog went with its page");
    }
  }

  private void see(Request request) {
    URI url = URI.create(request.url().replaceFirst("^((?:data|blob):).*", "$1x"));
    if (url.getHost() != null && !OUR_HOSTS.contains(url.getHost())) {
      found.add("request to another machine: " + request.url());
    }
  }

  /** So far, in the order heard; what is under way comes with the next call of Playwright. */
  public List<String> found() {
    return List.copyOf(found);
  }
}
