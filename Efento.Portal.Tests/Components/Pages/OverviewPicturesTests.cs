using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>What pages share: two wards, of which somebody sees the first alone.</summary>
public sealed class OverviewPicturesTests : IAsyncLifetime
{
    private TwoWards _wards = null!;

    public async ValueTask InitializeAsync() => _wards = await TwoWards.StartAsync();

    public ValueTask DisposeAsync() => _wards.DisposeAsync();

    [Fact]
    public async Task Picture_OfTheSameLimit_IsShared() => Assert.Same(await OfAsync(_wards.Scope), await OfAsync(_wards.Scope));

    [Fact]
    public async Task Picture_OfALimit_HasItsOwnPointsAlone()
    {
        await OfAsync(SiteScope.Everything);

        Assert.Equal(["Fridge seen"], (await OfAsync(_wards.Scope)).Tiles.Values.Select(t => t.Model.Name));
    }

    [Fact]
    public async Task Picture_ValueCame_DrawsThatTileAlone()
    {
        var before = await OfAsync(SiteScope.Everything);

        Assert.Equal(
            201, (await _wards.Portal.Client.MeasureAsync(Some.Body(Some.Record(_wards.Seen, Some.Now().AddSeconds(1), 8.5)))).Status);
        var after = await OfAsync(SiteScope.Everything);

        Assert.Equal(
            ["Fridge seen"],
            after.Tiles.Where(t => !ReferenceEquals(t.Value, before.Tiles[t.Key])).Select(t => t.Value.Model.Name));
    }

    private Task<OverviewPicture> OfAsync(SiteScope scope) => _wards.Portal.Get<OverviewPictures>().OfAsync(scope, default);
}
