using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>
/// However often and in whatever order and company messages come, the same tables stand in the end. Equal must be, by serial and channel:
/// every reading with time, value, status, flags and signal; the kept conflicts; loggers, series, measuring points, and from when on which
/// interval, promise and battery held. Not equal
/// can be what tells of the arrival itself: message ids, receive times, the ledger, counts, and which keys rows got.
/// Of contradictory values for one instant the first to come stands, so for those the standing and the kept ones are compared together.
/// </summary>
public sealed class ReplayTests
{
    private const int Loggers = 6;
    private const int Messages = 60;

    private static readonly string[] Tables =
    [
        "SELECT l.serial, s.channel, s.type, r.measured_at, r.value, r.status, r.flags, r.signal FROM reading r JOIN series s ON s.id = r.series_id JOIN logger l ON l.id = s.logger_id",
        "SELECT l.serial, s.channel, s.type, c.measured_at, c.value, c.status, c.flags FROM reading_conflict c JOIN series s ON s.id = c.series_id JOIN logger l ON l.id = s.logger_id",
        "SELECT serial, synchronise, approval FROM logger",
        "SELECT l.serial, s.channel, s.type FROM series s JOIN logger l ON l.id = s.logger_id",
        "SELECT l.serial, p.name, a.from_utc, a.until_utc FROM logger_assignment a JOIN logger l ON l.id = a.logger_id JOIN measuring_point p ON p.id = a.point_id",
        "SELECT l.serial, d.day FROM logger_day d JOIN logger l ON l.id = d.logger_id",
        "SELECT l.serial, c.measured_at, c.interval_seconds, c.next_due_ms, c.battery_low FROM logger_change c JOIN logger l ON l.id = c.logger_id",
        "SELECT reason, hex(hash) FROM quarantine_item",
    ];

    private static readonly DateTimeOffset Start = Some.Now().AddDays(-2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Messages_RepeatedShuffledAndInterleaved_GiveTheSameTables(int seed)
    {
        var messages = Compose(new Random(seed), contradictory: false);
        var inOrder = await TablesAfterAsync([messages]);

        var random = new Random(seed + 1000);
        var replays = Enumerable.Range(0, 6).Select(_ => Shuffled(random, [.. messages, .. messages])).ToArray();
        var replayed = await TablesAfterAsync(replays);

        Assert.Equal(inOrder, replayed);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public async Task Intervals_OfMessagesInAnyOrder_AreKnownForEveryReading(int seed)
    {
        var random = new Random(seed);
        var messages = Compose(random, contradictory: false);
        await using var portal = await PortalUnderTest.StartAsync();
        await SendAsync(portal, [Shuffled(random, messages), Shuffled(random, messages)]);

        var known = portal.Database.Query(
            """
            SELECT DISTINCT r.measured_at,
                (SELECT c.interval_seconds FROM logger_change c WHERE c.logger_id = s.logger_id AND c.measured_at <= r.measured_at ORDER BY c.measured_at DESC LIMIT 1),
                (SELECT c.battery_low FROM logger_change c WHERE c.logger_id = s.logger_id AND c.measured_at <= r.measured_at ORDER BY c.measured_at DESC LIMIT 1)
            FROM reading r JOIN series s ON s.id = r.series_id
            """);

        Assert.NotEmpty(known);
        Assert.All(known, row =>
        {
            var slot = (int)(DateTimeOffset.FromUnixTimeMilliseconds((long)row[0]!) - Start).TotalMinutes;
            Assert.Equal(((long)IntervalAt(slot), BatteryAt(slot) == "low" ? 1L : 0L), ((long)row[1]!, (long)row[2]!));
        });
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Contradictions_InAnyOrder_AreAllKept(int seed)
    {
        var messages = Compose(new Random(seed), contradictory: true);
        var inOrder = await ValuesAfterAsync([messages]);
        var random = new Random(seed + 1000);

        var replayed = await ValuesAfterAsync([Shuffled(random, messages), Shuffled(random, messages), Shuffled(random, messages)]);

        Assert.True(inOrder.Count > inOrder.Select(v => v[..v.LastIndexOf('|')]).Distinct().Count(), "There are no contradictions.");
        Assert.Equal(inOrder, replayed);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task MissingValuesAndLaterOnes_InAnyOrder_TheValuesStand(int seed)
    {
        var random = new Random(seed);
        var times = Enumerable.Range(0, 30).Select(i => Start.AddMinutes(3 * i)).ToArray();
        List<string> messages =
        [
            .. times.Select(t => Some.Body(Some.Record("282C00000001", t, null, Some.Param(null, "NO_VALUE")))),
            .. times.Select((t, i) => Some.Body(Some.Record("282C00000001", t, null, Some.Param(i, "VALID")))),
        ];

        await using var portal = await PortalUnderTest.StartAsync();
        await SendAsync(portal, [Shuffled(random, messages), Shuffled(random, messages)]);

        Assert.Equal(times.Select((t, i) => $"{t.ToUnixTimeMilliseconds()}|{i}"), portal.ReadingsOf("282C00000001"));
    }

    /// <summary>Messages as gateways send them: several loggers, overlapping times, repeats, parts that can't be used.</summary>
    private static string[] Compose(Random random, bool contradictory) =>
        [
            .. Enumerable.Range(0, Messages).Select(
                _ => Some.Body(Enumerable.Range(0, random.Next(1, 8)).Select(_ => Record(random, contradictory))))
        ];

    private static string Record(Random random, bool contradictory)
    {
        var (logger, slot) = (random.Next(Loggers), random.Next(200));
        if (random.Next(20) == 0)
        {
            return $$"""{"serial":"282C{{logger:X8}}","measured_at":"never {{slot}}","params":[]}""";
        }

        var time = Start.AddMinutes(slot);
        var value = contradictory ? random.Next(3) : logger + (slot / 10.0);
        string[] parameters = random.Next(10) == 0 && !contradictory
            ? [Some.Param(value, 2), Some.Param(50, 3, "humidity")]
            : [Some.Param(value)];
        return Some.Record($"282C{logger:X8}", time, logger, IntervalAt(slot), BatteryAt(slot), parameters);
    }

    private static int IntervalAt(int slot) => (slot / 17 % 3) switch { 0 => 180, 1 => 600, _ => slot % 2 == 0 ? 180 : 60 };

    private static string BatteryAt(int slot) => slot / 29 % 2 == 0 ? "ok" : "low";

    private static string[] Shuffled(Random random, IReadOnlyList<string> messages)
    {
        string[] shuffled = [.. messages];
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static async Task<List<string>> TablesAfterAsync(IReadOnlyList<string>[] streams)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await SendAsync(portal, streams);
        return [.. Tables.SelectMany(sql => portal.Database.Lines(sql).Order(StringComparer.Ordinal).Prepend(sql))];
    }

    /// <summary>Standing and kept values together; "value" last.</summary>
    private static async Task<List<string>> ValuesAfterAsync(IReadOnlyList<string>[] streams)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await SendAsync(portal, streams);
        var standing = portal.Database.Lines("SELECT series_id, measured_at FROM reading");
        Assert.Equal(standing.Count, standing.Distinct().Count());
        return
        [
            .. portal.Database.Lines(
                """
                SELECT l.serial, s.channel, s.type, r.measured_at, r.value
                FROM (SELECT series_id, measured_at, value FROM reading UNION ALL SELECT series_id, measured_at, value FROM reading_conflict) r
                JOIN series s ON s.id = r.series_id JOIN logger l ON l.id = s.logger_id
                """).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Sends each stream over a connection of its own, all at once.</summary>
    private static Task SendAsync(PortalUnderTest portal, IReadOnlyList<string>[] streams) => Task.WhenAll(streams.Select(async stream =>
    {
        foreach (var message in stream)
        {
            Assert.Equal(201, (await portal.Client.MeasureAsync(message)).Status);
        }
    }));
}
