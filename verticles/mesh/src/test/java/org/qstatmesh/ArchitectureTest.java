package org.qstatmesh;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.Set;
import org.qstatmesh.bus.MeshMessage;

/**
 * What keeps the rooms apart; a rule that matches nothing fails, so a renamed package switches none
 * off.
 */
@AnalyzeClasses(packages = "org.qstatmesh", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] STAGES = {
    "org.qstatmesh.tunnel..",
    "org.qstatmesh.poller..",
    "org.qstatmesh.store..",
    "org.qstatmesh.broadcast.."
  };

  /** What a stage shows besides its Verticle and its Config, for the commands of mesh. */
  private static final Set<String> TOOLS =
      Set.of(
          "org.qstatmesh.tunnel.SshDiagnosis",
          "org.qstatmesh.tunnel.SshForward",
          "org.qstatmesh.tunnel.HostKeySeen",
          "org.qstatmesh.tunnel.KeyPairFile",
          "org.qstatmesh.poller.ProbeCall",
          "org.qstatmesh.poller.CurveKeyFile",
          "org.qstatmesh.store.StoreTool");

  @ArchTest
  static final ArchRule STAGES_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("org.qstatmesh.(tunnel|poller|store|broadcast|demo)..")
          .should()
          .notDependOnEachOther()
          .because("a stage is restarted, scaled and replaced alone: it talks over the bus");

  @ArchTest
  static final ArchRule ROOMS_OF_A_STAGE_HAVE_AN_ORDER =
      slices()
          .matching("org.qstatmesh.(**)")
          .should()
          .beFreeOfCycles()
          .because("of two rooms that know each other none can be read alone");

  @ArchTest
  static final ArchRule THE_BUS_KNOWS_NO_STAGE =
      noClasses()
          .that()
          .resideInAPackage("org.qstatmesh.bus..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STAGES)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.qstatmesh.mesh..", "org.qstatmesh.demo..", "org.qstatmesh.probe..")
          .because("what all share must not drag one of them along");

  @ArchTest
  static final ArchRule ONLY_MESH_PUTS_STAGES_TOGETHER =
      noClasses()
          .that()
          .resideInAnyPackage(STAGES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.qstatmesh.mesh..", "org.qstatmesh.demo..", "org.qstatmesh.probe..")
          .because("a stage runs in any node that gives it a configuration and a bus");

  @ArchTest
  static final ArchRule A_STAGE_SHOWS_ITS_VERTICLE_AND_CONFIG =
      classes()
          .that()
          .resideInAnyPackage(
              "org.qstatmesh.tunnel",
              "org.qstatmesh.poller",
              "org.qstatmesh.store",
              "org.qstatmesh.broadcast")
          .and()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .and(
              DescribedPredicate.describe(
                  "are no tools of commands", (JavaClass type) -> !TOOLS.contains(type.getName())))
          .should()
          .haveSimpleNameEndingWith("Verticle")
          .orShould()
          .haveSimpleNameEndingWith("Config")
          .because("everything else may change without asking another module");

  @ArchTest
  static final ArchRule SSH_STAYS_IN_TUNNEL =
      only("org.qstatmesh.tunnel..", "net.schmizz..", "ssh's threads and faults have one owner");

  @ArchTest
  static final ArchRule WEB_STAYS_IN_BROADCAST =
      only("org.qstatmesh.broadcast..", "io.vertx.ext.web..", "browsers reach one room only");

  @ArchTest
  static final ArchRule ZEROMQ_STAYS_AT_ITS_TWO_ENDS =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.qstatmesh.poller..", "org.qstatmesh.probe..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.zeromq..")
          .because("a socket belongs to one thread, and that thread to one room");

  @ArchTest
  static final ArchRule SQL_STAYS_IN_STORE =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.qstatmesh.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "io.vertx.sqlclient..",
              "io.vertx.jdbcclient..",
              "org.sqlite..",
              "org.postgresql..")
          .because("the database has one writer and one door");

  @ArchTest
  static final ArchRule NO_SHARED_DATA =
      noClasses()
          .that()
          .doNotImplement(ClusterManager.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx.core.shareddata..")
          .because("a shared map is a second way between stages, past the bus");

  @ArchTest
  static final ArchRule NO_MUTABLE_STATICS =
      fields()
          .that()
          .areStatic()
          .and(
              DescribedPredicate.describe(
                  "are written by people", (JavaField field) -> !field.getName().contains("$")))
          .should()
          .haveModifier(FINAL)
          .because("two meshes in one JVM must not meet");

  @ArchTest
  static final ArchRule THE_EVENT_BUS_HAS_TYPES =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.qstatmesh.bus..", "org.qstatmesh.broadcast.browser..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(EventBus.class)
          .because("addresses and bodies are bound together by Topic and Query");

  @ArchTest
  static final ArchRule MESSAGES_ARE_RECORDS =
      classes()
          .that()
          .implement(MeshMessage.class)
          .and()
          .areNotInterfaces()
          .should()
          .beRecords()
          .because("the same instance is handed to every receiver");

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .because("a thread that must wait waits for something");

  @ArchTest
  static final ArchRule NO_VERTICLE_BLOCKS =
      noClasses()
          .that()
          .areAssignableTo(VerticleBase.class)
          .should()
          .callMethod(Future.class, "await")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.CountDownLatch")
          .because("an event loop that waits stops everybody on it");

  @ArchTest
  static final ArchRule LOGIN_NODES_CARRY_NO_SERVER =
      noClasses()
          .that()
          .resideInAnyPackage("org.qstatmesh.wire..", "org.qstatmesh.probe..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..", "org.slf4j..")
          .because("what runs on other people's login nodes is as small as can be");

  private static ArchRule only(String room, String library, String reason) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(room, "org.qstatmesh.demo..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because(reason);
  }
}
