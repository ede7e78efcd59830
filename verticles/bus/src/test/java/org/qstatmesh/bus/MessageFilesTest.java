package org.qstatmesh.bus;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message that leaves its node looks as in {@code src/test/resources/messages}, so that who
 * changes one knows: during an upgrade nodes of two releases talk to each other. {@code
 * -Dfixtures.update=true} writes the files anew, and refuses to where older nodes could not go on.
 */
@Timeout(30)
class MessageFilesTest {
  private static final String WORDS = "-words";

  private static final String ADVICE =
      "\nThe form of a mesh message changed, and nodes of an earlier release are told it. A new"
          + " field is missing from what they send: let it be null and say what null means. A new"
          + " word of an enum they cannot read: send none of it to them. Then run this test with"
          + " -Dfixtures.update=true. A field or word that goes, is renamed or changes its kind"
          + " needs a higher MeshCodec.PROTOCOL: then the two releases do not meet.";

  static List<Class<?>> crossing() {
    List<Class<?>> types = new ArrayList<>();
    collect(MeshMessage.class, types);
    return types;
  }

  private static void collect(Class<?> type, List<Class<?>> types) {
    if (NodeMessage.class.isAssignableFrom(type)) {
      return;
    }
    if (!type.isSealed()) {
      types.add(type);
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      collect(permitted, types);
    }
  }

  private static MeshMessage of(List<MeshMessage> samples, Class<?> type) {
    return samples.stream()
        .filter(type::isInstance)
        .findFirst()
        .orElseGet(
            () -> fail(type.getSimpleName() + " has no sample: add one to Samples, LeastSamples"));
  }

  @ParameterizedTest
  @MethodSource("crossing")
  void looksAsInItsFile(Class<?> type) throws Exception {
    String name = type.getSimpleName();
    MessageFile now = MessageFile.of(of(Samples.ALL, type), of(LeastSamples.ALL, type));
    assertEquals(Set.of(), MessageFile.unfilled(now.full()), "Samples leaves out fields");
    if (Boolean.getBoolean("fixtures.update")) {
      update(type, now);
    }
    assertTrue(MessageFile.exists(name), () -> name + ".json is not there." + ADVICE);
    MessageFile file = MessageFile.read(name);
    assertAll(
        () -> assertEquals(file.protocol(), now.protocol(), ADVICE),
        () -> assertEquals(file.full(), now.full(), ADVICE),
        () -> assertEquals(file.least(), now.least(), ADVICE));
  }

  @ParameterizedTest
  @MethodSource("crossing")
  void isReadFromItsFileAsItWas(Class<?> type) throws Exception {
    MessageFile file = MessageFile.read(type.getSimpleName());
    assertEquals(of(Samples.ALL, type), MessageFile.decode(file.full(), type));
    assertEquals(of(LeastSamples.ALL, type), MessageFile.decode(file.least(), type));
    for (JsonNode earlier : file.earlier()) {
      MessageFile.decode(earlier, type);
      assertEquals(Set.of(), MessageFile.lost(earlier, file.full()), ADVICE);
    }
  }

  /** A file of no message is one that older nodes still send. */
  @Test
  void noMessageIsGone() throws Exception {
    Set<String> known =
        Stream.concat(crossing().stream().map(Class::getSimpleName), Stream.of(WORDS))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, MessageFile.names(), ADVICE);
  }

  /** What a node does not know the word of, it cannot read. */
  @Test
  void noWordIsNew() throws Exception {
    Map<String, List<String>> words = new TreeMap<>();
    crossing().forEach(type -> words(type, words));
    JsonNode now = new ObjectMapper().valueToTree(words);
    if (Boolean.getBoolean("fixtures.update")) {
      MessageFile before = MessageFile.exists(WORDS) ? MessageFile.read(WORDS) : null;
      if (before != null && before.protocol() == MeshCodec.PROTOCOL) {
        assertEquals(Set.of(), gone(before.full(), now), ADVICE);
      }
      new MessageFile(MeshCodec.PROTOCOL, now, null, List.of()).write(WORDS);
    }
    assertEquals(MessageFile.read(WORDS).full(), now, ADVICE);
  }

  private static Set<String> gone(JsonNode before, JsonNode now) {
    Set<String> gone = new TreeSet<>();
    before
        .properties()
        .forEach(one -> one.getValue().forEach(word -> gone.add(one.getKey() + " " + word)));
    now.properties()
        .forEach(one -> one.getValue().forEach(word -> gone.remove(one.getKey() + " " + word)));
    return gone;
  }

  private static void words(Type type, Map<String, List<String>> words) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(of -> words(of, words));
    } else if (type instanceof Class<?> of && of.isEnum()) {
      words.put(
          of.getSimpleName(), Arrays.stream(of.getEnumConstants()).map(Object::toString).toList());
    } else if (type instanceof Class<?> of && of.isRecord()) {
      Arrays.stream(of.getRecordComponents())
          .map(RecordComponent::getGenericType)
          .forEach(part -> words(part, words));
    }
  }

  private static void update(Class<?> type, MessageFile now) throws Exception {
    String name = type.getSimpleName();
    MessageFile before = MessageFile.exists(name) ? MessageFile.read(name) : null;
    if (before == null || before.protocol() != now.protocol()) {
      now.write(name);
      return;
    }
    List<JsonNode> earlier = new ArrayList<>(before.earlier());
    if (!before.full().equals(now.full())) {
      earlier.add(before.full());
    }
    for (JsonNode form : earlier) {
      MessageFile.decode(form, type);
      assertEquals(Set.of(), MessageFile.lost(form, now.full()), ADVICE);
    }
    new MessageFile(now.protocol(), now.full(), now.least(), earlier).write(name);
  }
}
