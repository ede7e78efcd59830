package org.qstatmesh.mesh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.CurveConfig;
import org.qstatmesh.bus.People;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.bus.SshConfig;
import org.qstatmesh.poller.CurveKeyFile;
import org.qstatmesh.store.StoreConfig.Login;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.keep.Retention.Step;

@Timeout(30)
class ConfDirectoryTest {
  private static final Path BAD = Path.of("src/test/resources/config/bad");
  private static final boolean UPDATE = Boolean.getBoolean("fixtures.update");

  @TempDir Path conf;
  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void aNodeAmongOthersHasNameLabelsAndMembers() throws Exception {
    write(
        "node.json",
        "{\"node\":{\"name\":\"poller-a\",\"labels\":[\"site-a\"],\"host\":\"127.0.0.2\",\"memberPort\":5711,"
            + "\"busPort\":5712,\"members\":[\"127.0.0.1:5701\"],\"group\":\"our-lab\"},"
            + "\"clusters\":{\"far\":{\"ssh\":null,\"pollers\":[\"site-a\",\"site-b\"]}}}");
    MeshConfig config = load(conf);
    assertEquals(
        new NodeConfig(
            "poller-a",
            List.of("site-a"),
            "127.0.0.2",
            5711,
            5712,
            List.of("127.0.0.1:5701"),
            "our-lab",
            null),
        config.node());
    assertEquals(Set.of("site-a", "site-b"), config.clusters().get(0).pollers());
  }

  @Test
  void aNodesMissingKeyIsNamed() throws Exception {
    write("node.json", "{\"node\":{\"tls\":{}}}");
    ExecutionException refused = assertThrows(ExecutionException.class, () -> load(conf));
    String said = refused.getCause().getMessage();
    for (String file : List.of("keys/node.key", "keys/node.crt", "keys/mesh-ca.crt")) {
      assertTrue(said.contains(file + " does not exist"), said);
    }
    assertTrue(said.contains("node.json#/node/tls/keyFile"), said);
  }

  @Test
  void emptyFilesGiveTheDocumentedDefaults() throws Exception {
    write("mesh.json", "{}");
    write("near.json", "{\"clusters\":{\"near\":{\"ssh\":null}}}");
    MeshConfig config = load(conf);
    assertEquals(
        new MeshConfig(
            new MeshConfig.Web("127.0.0.1", 8080, false, "Clusters", List.of(), List.of()),
            new MeshConfig.Ops("127.0.0.1", 7622),
            new MeshConfig.Store("jdbc:sqlite:qstat-mesh.db", Retention.USUAL, null),
            List.of(
                new ClusterConfig(
                    "near",
                    "near",
                    0,
                    new ProbeAddress("127.0.0.1", 7621),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    67_108_864,
                    null))),
        config);
    assertDefault(config.web().host(), "web", "host");
    assertDefault(config.web().port(), "web", "port");
    assertDefault(config.web().title(), "web", "title");
    assertDefault(config.ops().port(), "ops", "port");
    assertDefault(config.store().url(), "store", "url");
    assertRetentionDefaults(config.store().retention());
    assertDefault(
        (int) config.clusters().get(0).pollInterval().toSeconds(), "poll", "intervalSeconds");
    assertDefault(
        (int) config.clusters().get(0).pollDeadline().toSeconds(), "poll", "deadlineSeconds");
    assertDefault(config.clusters().get(0).maxReplyBytes(), "poll", "maxReplyBytes");
  }

  @Test
  void everyPropertyIsSeen() throws Exception {
    write("known", "");
    write("key", "");
    write("jump-key", "");
    write("pass", "");
    write(
        "mesh.json",
        """
        {"$schema":"x",
         "web":{"host":"0.0.0.0","port":80,"public":true,"title":"Lab","origins":["https://a.example"],"embedders":["https://wiki.example"]},
         "ops":{"host":"::1","port":9100},
         "store":{"url":"jdbc:sqlite:history.db",
           "retention":{"rawDays":60,"steps":[{"seconds":600,"days":365},{"seconds":1800}],"personDays":100,
             "eventDays":31}},
         "poll":{"intervalSeconds":60,"deadlineSeconds":20,"maxReplyBytes":16777216},
         "clusters":{
           "hpc1":{"title":"HPC 1","probe":"tcp://10.0.0.1:7700",
             "poll":{"intervalSeconds":61,"deadlineSeconds":21,"maxReplyBytes":16777217},
             "ssh":{"host":"login","port":2222,"user":"qstat","identityFile":"key","passphraseFile":"pass",
               "knownHostsFile":"known",
               "proxyJump":{"host":"jump","user":"hop","identityFile":"jump-key","port":23}}},
           "hpc2":{"ssh":null}}}
        """);
    MeshConfig config = load(conf);
    assertEquals(
        new MeshConfig(
            new MeshConfig.Web(
                "0.0.0.0",
                80,
                true,
                "Lab",
                List.of("https://a.example"),
                List.of("https://wiki.example")),
            new MeshConfig.Ops("::1", 9100),
            new MeshConfig.Store(
                "jdbc:sqlite:history.db",
                new Retention(60, List.of(new Step(600, 365), new Step(1_800, null)), 100, 31),
                null),
            List.of(
                new ClusterConfig(
                    "hpc1",
                    "HPC 1",
                    0,
                    new ProbeAddress("10.0.0.1", 7700),
                    Duration.ofSeconds(61),
                    Duration.ofSeconds(21),
                    16_777_217,
                    new SshConfig(
                        "login",
                        2222,
                        "qstat",
                        conf.resolve("key"),
                        conf.resolve("pass"),
                        conf.resolve("known"),
                        new SshConfig(
                            "jump",
                            23,
                            "hop",
                            conf.resolve("jump-key"),
                            null,
                            conf.resolve("known_hosts"),
                            null))),
                new ClusterConfig(
                    "hpc2",
                    "hpc2",
                    1,
                    new ProbeAddress("127.0.0.1", 7621),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(20),
                    16_777_216,
                    null))),
        config);
  }

  @Test
  void aProbeMayBeStartedThroughSshOrAskForKeys() throws Exception {
    String serverKey = CurveKeyFile.generate(conf.resolve("near.curve"), conf.resolve("theirs"));
    write("key", "");
    write(
        "a.json",
        """
        {"clusters":{
           "hpc1":{"probe":"stdio","ssh":{"host":"login","user":"qstat","identityFile":"key"}},
           "hpc2":{"probe":"stdio","probeCommand":"/opt/qstat-probe serve --stdio",
             "ssh":{"host":"login","user":"qstat","identityFile":"key"}},
           "near":{"curve":{"serverKey":"%s","keyFile":"near.curve"},"ssh":null},
           "open":{"curve":null,"ssh":null}}}
        """
            .formatted(serverKey));
    List<ClusterConfig> clusters = load(conf).clusters();
    assertEquals(ProbeCommand.STANDARD, clusters.get(0).probe());
    assertDefault(ProbeCommand.STANDARD.words(), "cluster", "probeCommand");
    assertEquals(new ProbeCommand("/opt/qstat-probe serve --stdio"), clusters.get(1).probe());
    assertEquals(new CurveConfig(serverKey, conf.resolve("near.curve")), clusters.get(2).curve());
    assertEquals(null, clusters.get(3).curve());
  }

  @Test
  void theHistoryMayBeOnAServer() throws Exception {
    String url = "jdbc:postgresql://db.example:5433/mesh?sslmode=verify-full";
    write(
        "mesh.json",
        """
        {"store":{"url":"%s","user":"qstat_mesh","passwordFile":"secret"}}
        """
            .formatted(url));
    assertEquals(
        "#/store/passwordFile: " + conf.resolve("secret") + " does not exist", onlyProblem());
    write("secret", "x");
    Files.setPosixFilePermissions(
        conf.resolve("secret"), PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(
        "#/store/passwordFile: " + conf.resolve("secret") + " is open to others: chmod 600 it",
        onlyProblem());
    Files.setPosixFilePermissions(
        conf.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
    assertEquals(
        new MeshConfig.Store(url, Retention.USUAL, new Login("qstat_mesh", conf.resolve("secret"))),
        load(conf).store());
    write("mesh.json", "{\"store\":{\"url\":\"jdbc:postgresql://db.example/mesh\"}}");
    assertEquals(new Login(null, null), load(conf).store().login());
    write(
        "mesh.json", "{\"store\":{\"url\":\"jdbc:postgresql://db.example/mesh?socketFactory=x\"}}");
    assertTrue(onlyProblem().startsWith("#/store/url: "), onlyProblem());
  }

  private String onlyProblem() {
    List<ConfProblem> problems = problems(conf);
    assertEquals(1, problems.size(), problems.toString());
    return "#" + problems.get(0).pointer() + ": " + problems.get(0).message();
  }

  @Test
  void personsAndLabsComeFromAllFiles() throws Exception {
    write("a.json", "{\"clusters\":{\"hpc1\":{\"ssh\":null},\"hpc2\":{\"ssh\":null}}}");
    write(
        "people.json",
        """
        {"people":{
           "alice":{"title":"Alice A.","lab":"chem","logins":{"hpc2":"u1234","*":["alice","alice"]}},
           "bob":{"lab":"bio"},
           "carol":{"lab":null,"logins":{"hpc1":["u1234","carol"]}}}}
        """);
    write(
        "labs.json",
        """
        {"labs":{
           "chem":{"title":"Chemistry","groups":{"hpc1":["chem","chem-gpu"]},"accounts":{"hpc2":["p1001"]}},
           "phys":{}}}
        """);
    assertEquals(
        new People(
            List.of(
                new People.Person(
                    "alice",
                    "Alice A.",
                    "chem",
                    Map.of("hpc2", List.of("u1234"), "*", List.of("alice"))),
                new People.Person("bob", "bob", "bio", Map.of("*", List.of("bob"))),
                new People.Person(
                    "carol", "carol", null, Map.of("hpc1", List.of("u1234", "carol")))),
            List.of(
                new People.Lab(
                    "chem",
                    "Chemistry",
                    Map.of("hpc1", List.of("chem", "chem-gpu")),
                    Map.of("hpc2", List.of("p1001"))),
                new People.Lab("phys", "phys", Map.of(), Map.of()),
                new People.Lab("bio", "bio", Map.of(), Map.of()))),
        load(conf).people());
  }

  /** Else every person would be blamed for a comma too many in another file. */
  @Test
  void whileAFileCannotBeReadNoClusterIsMissed() throws Exception {
    write("clusters.json", "{\"clusters\":");
    write("people.json", "{\"people\":{\"alice\":{\"logins\":{\"hpc1\":\"a\"}}}}");
    assertTrue(onlyProblem().contains("is no JSON"), onlyProblem());
  }

  @Test
  @Timeout(120)
  void manyPersonsAreTakenAndNotOneTooMany() throws Exception {
    writePersons("a.json", 0, 6_000);
    writePersons("b.json", 6_000, 4_000);
    assertEquals(10_000, load(conf).people().persons().size());
    writePersons("c.json", 10_000, 2);
    assertEquals(
        "#/people/p10000: is one person too many: at most 10000 in all files", onlyProblem());
  }

  private void writePersons(String name, int first, int count) throws IOException {
    JsonObject persons = new JsonObject();
    for (int i = first; i < first + count; i++) {
      persons.put("p" + i, new JsonObject().put("lab", "lab" + i % 100));
    }
    write(name, new JsonObject().put("people", persons).encode());
  }

  @Test
  void shippedFilesAreValid() throws Exception {
    MeshConfig config = load(Path.of("../../conf"));
    assertEquals(8080, config.web().port());
  }

  @Test
  void clustersFollowTheFilesByName() throws Exception {
    write("b.json", "{\"clusters\":{\"two\":{\"ssh\":null},\"one\":{\"ssh\":null}}}");
    write("a.json", "{\"clusters\":{\"three\":{\"ssh\":null}}}");
    assertEquals(
        List.of("three", "two", "one"),
        load(conf).clusters().stream().map(ClusterConfig::cluster).toList());
  }

  @Test
  void missingDirectoryIsNamed() {
    List<ConfProblem> problems = problems(conf.resolve("nowhere"));
    assertEquals(1, problems.size());
    assertTrue(problems.get(0).file().endsWith("nowhere"), problems.get(0).toString());
  }

  static Stream<Path> badCases() throws IOException {
    try (Stream<Path> list = Files.list(BAD)) {
      return list.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  /**
   * A folder is a case: its *.json is the conf directory, problems.txt what must be said, all of
   * it.
   */
  @ParameterizedTest
  @MethodSource("badCases")
  void saysEverythingThatIsWrong(Path folder) throws Exception {
    String said =
        problems(folder).stream()
            .map(problem -> problem.toString().replace(folder.toString(), "conf") + "\n")
            .collect(Collectors.joining());
    Path expected = folder.resolve("problems.txt");
    if (UPDATE) {
      Files.writeString(expected, said);
    }
    assertEquals(Files.readString(expected), said);
  }

  private static void assertRetentionDefaults(Retention retention) throws IOException {
    assertDefault(retention.rawDays(), "retention", "rawDays");
    JsonArray steps = new JsonArray();
    for (Step step : retention.steps()) {
      steps.add(new JsonObject().put("seconds", step.seconds()).put("days", step.days()));
    }
    assertDefault(steps, "retention", "steps");
    assertDefault(retention.personDays(), "retention", "personDays");
    assertDefault(retention.eventDays(), "retention", "eventDays");
  }

  private List<ConfProblem> problems(Path directory) {
    ExecutionException thrown = assertThrows(ExecutionException.class, () -> load(directory));
    return assertInstanceOf(ConfException.class, thrown.getCause()).problems();
  }

  private MeshConfig load(Path directory) throws Exception {
    return new ConfDirectory(vertx, directory)
        .load()
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(conf.resolve(name), content);
  }

  private static void assertDefault(Object actual, String part, String property)
      throws IOException {
    JsonObject schema =
        new JsonObject(Files.readString(Path.of("../../conf/schema/mesh.schema.json")));
    JsonObject rules = schema.getJsonObject("$defs").getJsonObject(part);
    Object documented =
        rules.getJsonObject("properties").getJsonObject(property).getValue("default");
    assertEquals(documented, actual, String.join("/", Arrays.asList(part, property)));
  }
}
