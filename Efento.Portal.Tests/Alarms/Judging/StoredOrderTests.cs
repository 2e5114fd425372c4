using System.Diagnostics.CodeAnalysis;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Arrivals;
using Efento.Portal.Data;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Alarms.Judging;

/// <summary>
/// The portal with its real store: in whatever order readings come, however often, in whatever messages, and wherever its work is cut
/// short, the alarms are those of the stored readings in the order in which they were measured.
/// </summary>
public sealed class StoredOrderTests : IDisposable
{
    private const int Loggers = 6;
    private const int Readings = 120;
    private const int Lives = 4;

    private readonly TemporaryDirectory _data = new();
    private readonly FakeTimeProvider _time = new(Some.Start);

    private static RuleDraft[] Rules =>
    [
        Rule(RuleKind.Limits, "temperature", new(
            new() { High = 7, DelayMs = Minutes(9) }, new() { Low = 2, High = 8, DelayMs = Minutes(3) }, Margin: 0.3)),
        Rule(RuleKind.Rate, "temperature", new(null, new() { Change = 2.5, WithinMs = Minutes(6) })),
        Rule(RuleKind.State, "open-close", new(new() { Is = 1, DelayMs = Minutes(2) }, new() { Is = 1, DelayMs = Minutes(5) })),
        Rule(RuleKind.SensorError, "temperature", new(null, new() { DelayMs = Minutes(1) })),
    ];

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Alarms_AnyDelivery_AreThoseOfTheOrderedPass(int seed)
    {
        var random = new Random(seed);
        var crashes = new Crashes(seed);
        var messages = Messages(random);
        foreach (var life in messages.Chunk((messages.Count / Lives) + 1))
        {
            await using var portal = await StartAsync(crashes);
            await DeliverAsync(portal, life, random);
        }

        Assert.True(crashes.Count > 10, "Nothing was cut short.");
        await using var last = await StartAsync(new Crashes(seed) { IsOver = true });
        await JudgeAsync(last);
        foreach (var rule in last.Get<RuleDirectory>().Book.All.Where(r => !r.IsBuiltIn))
        {
            var expected = OrderedPass.Over(last.Database, ConditionMaker.Of(rule)!, rule.Type!);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, OnRecord(last, rule.Kind));
        }
    }

    private async Task<PortalUnderTest> StartAsync(Crashes crashes)
    {
        var database = new PortalDatabase(_data.Path);
        var isFirst = !File.Exists(database.Path);
        if (!isFirst)
        {
            // As after a kill: what was judged last is on record, and the cursor is one that was saved before.
            database.Execute(
                "UPDATE arrival_cursor SET last_message_id = (SELECT id FROM message ORDER BY id LIMIT 1 OFFSET (SELECT count(*) * 2 / 3 FROM message)) WHERE consumer = 'alarms'");
        }

        var portal = await PortalUnderTest.StartAsync(new()
        {
            Time = _time,
            DataDirectory = _data.Path,
            Customise = builder => builder.Services.AddSingleton<IAlarmFollower>(crashes),
        });
        if (isFirst)
        {
            await portal.RuleAsync(Rules);
        }

        return portal;
    }

    private static async Task DeliverAsync(PortalUnderTest portal, IEnumerable<string> messages, Random random)
    {
        foreach (var message in messages)
        {
            for (var times = random.Next(8) == 0 ? 2 : 1; times > 0; times--)
            {
                Assert.Equal(201, (await portal.Client.MeasureAsync(message)).Status);
            }

            if (random.Next(3) == 0)
            {
                await JudgeAsync(portal);
            }
        }
    }

    /// <summary>Lets all be judged, however often that is cut short.</summary>
    private static async Task JudgeAsync(PortalUnderTest portal)
    {
        var hasJudged = false;
        while (!hasJudged)
        {
            try
            {
                await portal.Get<ArrivalFeed>().DeliverAsync(portal.Get<AlarmEvaluator>());
                hasJudged = true;
            }
            catch (CrashException)
            {
                Assert.False(hasJudged);
            }
        }
    }

    private static IEnumerable<string> OnRecord(PortalUnderTest portal, RuleKind kind) => portal.Database.Lines(
        "SELECT began_ms, ended_ms, level, peak FROM alarm WHERE kind = $0 AND withdrawn_utc IS NULL AND rule_id IN (SELECT id FROM alarm_rule WHERE NOT is_built_in)",
        (int)kind).Order(StringComparer.Ordinal);

    /// <summary>Messages of some readings each, in an order in which no gateway would send them.</summary>
    private static List<string> Messages(Random random)
    {
        List<string> all = [];
        foreach (var serial in Enumerable.Range(0, Loggers).Select(_ => Some.Serial()))
        {
            var records = Records(serial, random);
            records = random.Next(3) switch
            {
                0 => [.. records.AsEnumerable().Reverse()],
                1 => [.. records.OrderBy(_ => random.Next())],
                _ => [.. records.Chunk(20).OrderBy(_ => random.Next()).SelectMany(chunk => chunk)],
            };
            all.AddRange(records.Chunk(random.Next(2, 9)).Select(some => Some.Body(some)));
        }

        return [.. all.OrderBy(_ => random.Next())];
    }

    /// <summary>A temperature that wanders, with gaps and errors, and a door that is open while it is warm.</summary>
    private static List<string> Records(string serial, Random random)
    {
        List<string> records = [];
        var (at, value) = (Some.Start.AddHours(-20), 5.0);
        for (var i = 0; i < Readings; i++)
        {
            at = at.AddSeconds(random.Next(25) == 0 ? random.Next(300, 3_600) : random.Next(55, 66));
            value = Math.Clamp(value + ((random.NextDouble() - 0.5) * 2.5) + ((5 - value) / 15), -2, 12);
            var temperature = random.Next(10) == 0 ? Some.Param(null, "ERROR") : Some.Param(Math.Round(value, 1));
            records.Add(Some.Record(serial, at, null, temperature, Some.Param(value > 6.5 ? 1 : 0, 2, "open-close")));
        }

        return records;
    }

    private static long Minutes(int minutes) => minutes * 60_000L;

    private static RuleDraft Rule(RuleKind kind, string type, RuleConditions conditions) =>
        new() { Key = $"{kind}", Kind = kind, Type = type, Conditions = conditions };

    /// <summary>Cuts transactions of alarms short, some before they are committed.</summary>
    private sealed class Crashes(int seed) : IAlarmFollower
    {
        private readonly Random _random = new(seed);
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public bool IsOver { get; init; }

        public Task TakeAsync(PortalDbContext db, IReadOnlyCollection<AlarmStep> steps, CancellationToken cancellationToken)
        {
            if (IsOver || _random.Next(3) > 0)
            {
                return Task.CompletedTask;
            }

            Interlocked.Increment(ref _count);
            throw new CrashException();
        }

        public void Committed()
        {
        }
    }

    [SuppressMessage("Design", "CA1032", Justification = "Nobody else throws it.")]
    private sealed class CrashException() : Exception("Cut short.");
}
