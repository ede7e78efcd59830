package org.qstatmesh.mesh.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.qstatmesh.store.StoreConfig;
import org.qstatmesh.store.StoreConfig.Login;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.keep.Retention.Step;

/** Where the history is and how long it is kept, by {@code store}; notes what cannot be. */
final class ConfStore {
  private static final String PART = "/store";

  private final Path directory;
  private final List<ConfProblem> problems;
  private final Map<String, String> saidIn;

  /**
   * @param saidIn the file of each key that was said, by its pointer
   */
  ConfStore(Path directory, List<ConfProblem> problems, Map<String, String> saidIn) {
    this.directory = directory;
    this.problems = problems;
    this.saidIn = saidIn;
  }

  /** What was said, as far as the schema has accepted it, and the defaults for the rest. */
  MeshConfig.Store understand(JsonObject store) {
    String url = store.getString("url", "jdbc:sqlite:qstat-mesh.db");
    Login login = login(url, store);
    Retention retention = retention(store.getJsonObject("retention", new JsonObject()));
    return new MeshConfig.Store(checked(url, login), retention, login);
  }

  private Login login(String url, JsonObject store) {
    String passwordName = store.getString("passwordFile");
    if (url.startsWith("jdbc:sqlite:")) {
      onlyForServers("/user", store.getString("user"));
      onlyForServers("/passwordFile", passwordName);
      return null;
    }
    Path passwordFile = passwordName == null ? null : directory.resolve(passwordName).normalize();
    if (passwordFile != null) {
      SecretFile.problem(passwordFile)
          .ifPresent(text -> problem("/passwordFile", "/passwordFile", text));
    }
    return new Login(store.getString("user"), passwordFile);
  }

  private void onlyForServers(String key, String value) {
    if (value != null) {
      problem(key, key, "is for a database server; a file needs no login");
    }
  }

  private String checked(String url, Login login) {
    try {
      // Whether a URL will do does not depend on which data directory it is.
      return new StoreConfig("conf", url, directory, Retention.USUAL, login).url();
    } catch (IllegalArgumentException e) {
      problem("/url", "/url", e.getMessage());
      return url;
    }
  }

  private Retention retention(JsonObject said) {
    Retention usual = Retention.USUAL;
    try {
      return new Retention(
          said.getInteger("rawDays", usual.rawDays()),
          steps(said.getJsonArray("steps")),
          said.getInteger("personDays", usual.personDays()),
          said.getInteger("eventDays", usual.eventDays()));
    } catch (IllegalArgumentException e) {
      // The schema has seen every number; what is left to be wrong is how the steps go together.
      problem("/retention", "/retention/steps", e.getMessage());
      return usual;
    }
  }

  private static List<Step> steps(JsonArray said) {
    if (said == null) {
      return Retention.USUAL.steps();
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      JsonObject step = said.getJsonObject(i);
      // Missing when the schema refused it, which was said already.
      if (step.getInteger("seconds") != null) {
        steps.add(new Step(step.getInteger("seconds"), step.getInteger("days")));
      }
    }
    return steps;
  }

  private void problem(String key, String pointer, String message) {
    problems.add(new ConfProblem(saidIn.get(PART + key), PART + pointer, message));
  }
}
