using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Evaluation;

namespace Efento.Portal.Tests.Alarms.Evaluation;

/// <summary>
/// In whatever order readings come, however often, in whatever messages, and whenever the portal is killed: the alarms are those of the
/// readings in the order in which they were measured.
/// </summary>
public sealed class AnyOrderTests
{
    private const int Rounds = 150;

    public static TheoryData<string> Kinds => ["limits", "margin", "delay", "levels", "cumulative", "rate", "state", "error", "versions"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Alarms_AnyDelivery_AreThoseOfTheOrderedPass(string kind)
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var (course, readings) = (CourseOf(kind, random), Readings(kind, random));
            var ordered = new Bench(course).DeliverEach(readings);

            var shuffled = new Bench(course);
            Deliver(shuffled, readings, random);

            Assert.Equal(Figures(ordered), Figures(shuffled));
        }
    }

    private static void Deliver(Bench bench, Sample[] readings, Random random)
    {
        var rest = Order(readings, random);
        while (rest.Count > 0)
        {
            var message = rest.Take(random.Next(1, 8)).ToArray();
            rest.RemoveRange(0, message.Length);
            if (random.Next(2) == 0)
            {
                bench.FallBehind(message);
                if (random.Next(4) == 0)
                {
                    bench.CatchUpTwice(message);
                }

                continue;
            }

            bench.Deliver(message);
            if (random.Next(6) == 0)
            {
                bench.Deliver(message);
            }

            if (random.Next(8) == 0)
            {
                bench.Crash();
            }
        }

        bench.CatchUp();
    }

    private static List<Sample> Order(Sample[] readings, Random random) => random.Next(4) switch
    {
        0 => [.. readings.Reverse()],
        1 => [.. readings],
        2 => [.. readings.Chunk(random.Next(2, 20)).OrderBy(_ => random.Next()).SelectMany(chunk => chunk)],
        _ => [.. readings.OrderBy(_ => random.Next())],
    };

    private static Course CourseOf(string kind, Random random) => kind switch
    {
        "limits" => Always(Conditions.Fridge()),
        "margin" => Always(Conditions.Fridge(margin: random.NextDouble())),
        "delay" => Always(Conditions.Fridge(delay: random.Next(1, 12))),
        "levels" => Always(Conditions.Fridge(delay: random.Next(0, 6), margin: 0.3, warnAbove: 7, warnAfter: random.Next(0, 10))),
        "cumulative" => Always(Conditions.Fridge(delay: random.Next(1, 8), cumulativeIn: random.Next(8, 40))),
        "rate" => Always(Conditions.Rate(random.Next(2, 5), random.Next(2, 10))),
        "state" => Always(new StateCondition(1, Conditions.For(random.Next(0, 3)), Conditions.For(random.Next(3, 6)), isOn: true)),
        "error" => Always(new SensorErrorCondition(1, Conditions.For(random.Next(0, 3)), null)),
        _ => new Course(
            [
                (long.MinValue, Conditions.Fridge(delay: 2)),
                (Bench.At(40, 0).Ms, Conditions.Fridge(delay: 4, margin: 0.5)),
                (Bench.At(90, 0).Ms, null),
                (Bench.At(110, 0).Ms, Conditions.Fridge(delay: 1)),
            ],
            [Bench.At(140, 0).Ms]),
    };

    private static Course Always(Condition condition) => new([(long.MinValue, condition)], []);

    /// <summary>Readings that stay on one side for a while, with gaps, jitter, errors and readings that never come.</summary>
    private static Sample[] Readings(string kind, Random random)
    {
        List<Sample> all = [];
        var (minute, value) = (0.0, 5.0);
        for (var i = 0; i < 160; i++)
        {
            minute += random.Next(25) == 0 ? random.Next(5, 60) : 1 + ((random.NextDouble() - 0.5) / 5);
            value = Math.Clamp(value + ((random.NextDouble() - 0.5) * 2.5) + ((5 - value) / 15), -2, 12);
            double? measured = random.Next(12) == 0 || (kind == "error" && value > 7) ? null : value;
            all.Add(Bench.At(minute, kind == "state" && measured is not null ? (value > 6.5 ? 1 : 0) : measured));
        }

        return [.. all];
    }

    private static List<string> Figures(Bench bench) =>
    [
        .. bench.Alarms.Select(a => FormattableString.Invariant(
            $"{a.BeganMs - Bench.Zero} after {a.BeganAfterMs - Bench.Zero} to {a.EndedMs - Bench.Zero}, {a.Level} {a.Peak} at {a.PeakMs - Bench.Zero}, {a.Limit}, completed {a.CompletedMs - Bench.Zero}, {a.End}")),
    ];
}
