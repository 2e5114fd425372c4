using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Tests.Support;
using Efento.Portal.Timeline;

namespace Efento.Portal.Tests.Timeline;

/// <summary>What somebody limited to one ward learns of points and may note there.</summary>
public sealed class LimitedTimelineTests : IAsyncLifetime
{
    private TwoWards _wards = null!;

    public async ValueTask InitializeAsync() => _wards = await TwoWards.StartAsync();

    public ValueTask DisposeAsync() => _wards.DisposeAsync();

    [Fact]
    public async Task Events_OfAPointNotSeen_AreNone()
    {
        var hidden = await _wards.PointOfAsync(_wards.Hidden);
        await NoteAsync(SiteScope.Everything, hidden);

        Assert.NotEmpty(await ReadAsync(SiteScope.Everything, hidden));
        Assert.Empty(await ReadAsync(_wards.Scope, hidden));
        Assert.Empty(
            await _wards.Portal.Get<NoteQuery>().ReadAsync(_wards.Scope, hidden, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 10));
    }

    [Fact]
    public async Task Events_OfAPointThatWasElsewhere_DoNotNameThePlace()
    {
        await _wards.PlaceAsync(_wards.Seen, _wards.OtherWard, "Fridge seen");
        await _wards.PlaceAsync(_wards.Seen, _wards.Ward, "Fridge seen");
        var seen = await _wards.PointOfAsync(_wards.Seen);

        var placed = (await ReadAsync(_wards.Scope, seen)).OfType<DecisionEvent>().Where(e => e.Decision is PointDecision.Placed).ToList();

        Assert.Equal(3, placed.Count);
        Assert.All(placed, e => Assert.Equal((null, null), (e.Old, e.New)));
        Assert.Contains(
            (await ReadAsync(SiteScope.Everything, seen)).OfType<DecisionEvent>(), e =>
                e.New?.Contains("hidden", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Note_AtAPointNotSeen_IsNotWritten()
    {
        var hidden = await _wards.PointOfAsync(_wards.Hidden);

        Assert.Equal(NoteOutcome.ChangedMeanwhile, await NoteAsync(_wards.Scope, hidden));
        Assert.Equal(NoteOutcome.ChangedMeanwhile, await NoteAsync(_wards.Scope, 999));
        Assert.Equal(NoteOutcome.Done, await NoteAsync(_wards.Scope, await _wards.PointOfAsync(_wards.Seen)));

        Assert.Equal(1, _wards.Portal.Database.Count("point_note"));
    }

    private Task<NoteOutcome> NoteAsync(SiteScope scope, int point) =>
        _wards.Portal.Get<NoteService>().WriteAsync(scope, Actor.Command, point, new NoteDraft(Some.Now().AddMinutes(-1), "Door repaired"));

    private async Task<IReadOnlyList<PointEvent>> ReadAsync(SiteScope scope, int point)
    {
        var seen = await _wards.Portal.PointAsync(point, scope);
        var history = await _wards.Portal.Get<RangeQuery>().ReadAsync(seen, Some.Now().AddDays(-1), Some.Now().AddMinutes(1));
        return await _wards.Portal.Get<EventQuery>().ReadAsync(seen, history);
    }
}
