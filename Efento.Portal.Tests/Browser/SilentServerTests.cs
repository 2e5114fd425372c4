using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>The wall-board of a portal that is suspended: its connections stay open and say nothing.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class SilentServerTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(5);

    private readonly TemporaryDirectory _directory = new();
    private PortalProcess _portal = null!;
    private PageInBrowser _board = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalProcess.StartAsync(
            _directory.Path,
            environment: new Dictionary<string, string>
            {
                ["Portal__Setup__AdminEmail"] = PortalUnderTest.AdminEmail,
                ["Portal__Setup__AdminPassword"] = PortalUnderTest.AdminPassword,
            });
        _board = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await _board.GoAsync("wall");
    }

    public async ValueTask DisposeAsync()
    {
        await _board.DisposeAsync();
        await _portal.DisposeAsync();
        _directory.Dispose();
    }

    [Proves(ScreenRule.FrozenScreenAdmitsIt)]
    [Fact]
    public async Task Portal_Suspended_TheBoardSaysNotLiveWithinFiveSecondsAndHeals()
    {
        _portal.Suspend();
        await _board.UntilAsync(NotLive, limit: Promise);

        _portal.Resume();

        await _board.LiveAsync();
        await _board.UntilAsync("document.getElementById('not-live').hidden");
    }

    [Fact]
    public async Task Portal_Killed_TheBoardSaysNotLiveWithinFiveSeconds()
    {
        await _portal.KillAsync();

        await _board.UntilAsync(NotLive, limit: Promise);
    }

    private const string NotLive =
        "document.documentElement.dataset.live === 'no' && !document.getElementById('not-live').hidden"
            + " && document.querySelector('#not-live strong').textContent.startsWith('NOT LIVE since')";
}
