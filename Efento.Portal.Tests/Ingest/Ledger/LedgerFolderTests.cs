using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Ingest.Ledger;

public sealed class LedgerFolderTests
{
    private long _id = 1_000;

    [Fact]
    public void Messages_TheSameAgain_AreOneEntry()
    {
        var entry = Assert.Single(Fold(TooLarge(), TooLarge(), TooLarge()));

        Assert.Equal((3, 999, 997), (entry.Count, entry.Last.Id, entry.First.Id));
    }

    [Fact]
    public void Messages_WithHeartbeatsInBetween_AreStillOneEntry() =>
        Assert.Equal([4, 2], Fold(TooLarge(), Beat(), TooLarge(), TooLarge(), Beat(), TooLarge()).Select(e => e.Count));

    [Fact]
    public void Messages_WithAnotherOutcome_AreEntriesOfTheirOwn() =>
        Assert.Equal([2, 1, 1], Fold(Known(), Known(), Known() with { New = 1, Duplicate = 0 }, Known()).Select(e => e.Count));

    [Fact]
    public void Heartbeats_WithMeasurementsInBetween_AreEntriesOfTheirOwn() =>
        Assert.Equal([1, 1, 1, 1], Fold(Beat(), Known() with { LatestMs = 5 }, Beat(), Known()).Select(e => e.Count));

    [Fact]
    public void Heartbeats_OfOtherSizes_AreOneEntry() => Assert.Single(Fold(Beat(), Beat() with { Bytes = 77 }));

    [Fact]
    public void Entries_Enough_TakeNoneMoreButTheSameAgain()
    {
        var folder = new LedgerFolder(most: 1);

        Assert.Equal([true, false, true], [folder.TryAdd(Known()), folder.TryAdd(Beat()), folder.TryAdd(Known())]);
    }

    private static IReadOnlyList<LedgerEntry> Fold(params LedgerLine[] lines)
    {
        var folder = new LedgerFolder(most: 100);
        Assert.All(lines, line => Assert.True(folder.TryAdd(line)));
        return folder.Entries;
    }

    private LedgerLine TooLarge() => Line(GatewayPaths.Measurements, 413) with { Bytes = 70_000_000 };

    private LedgerLine Known() => Line(GatewayPaths.Measurements, 201) with { Records = 14, Duplicate = 14, EarliestMs = 1, LatestMs = 2 };

    private LedgerLine Beat() => Line(GatewayPaths.Heartbeat, 201);

    private LedgerLine Line(string route, int answer) => new(--_id, route, "192.0.2.1", 100, 0, 0, 0, 0, 0, 0, answer, 3);
}
