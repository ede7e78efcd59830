package org.qstatmesh.mesh.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as a person types it; without an offset it is UTC. */
final class TimeOption implements ITypeConverter<Instant> {
  /** Until the year 5138; with more digits they are milliseconds, by mistake. */
  private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{1,11}");

  private static final Instant LATEST = Instant.ofEpochSecond(100_000_000_000L);

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> OffsetDateTime.parse(text).toInstant());

  @Override
  public Instant convert(String text) {
    if (EPOCH_SECONDS.matcher(text).matches()) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    return FORMS.stream()
        .flatMap(form -> parse(form, text).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is no time: 2026-11-22, 2026-11-22T16:00, 2026-11-22T16:00:00+01:00, or"
                        + " seconds since 1970"));
  }

  private static Optional<Instant> parse(Function<String, Instant> form, String text) {
    try {
      return Optional.of(form.apply(text))
          .filter(time -> !time.isBefore(Instant.EPOCH) && time.isBefore(LATEST));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
