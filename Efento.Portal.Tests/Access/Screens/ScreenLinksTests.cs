using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Access.Screens;

public sealed class ScreenLinksTests : IAsyncLifetime
{
    private readonly SleepingClock _time = new(Some.Now());
    private PortalUnderTest _portal = null!;

    private ScreenLinks Links => _portal.Get<ScreenLinks>();

    private ScreenDirectory Directory => _portal.Get<ScreenDirectory>();

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Make_ALink_KeepsNoTraceOfItsCodeAndTellsTheAuditTrail()
    {
        var made = await MakeAsync("Ward 2");

        Assert.Equal("Ward 2", Directory.Find(made.Code!)!.Name);
        Assert.DoesNotContain(made.Code!, string.Join('\n', _portal.Database.Everything()), StringComparison.Ordinal);
        Assert.Equal(
            ["screen link made|screen 1 Ward 2|sees everything"],
            _portal.Database.Lines("SELECT action, subject, new FROM audit_entry WHERE action LIKE 'screen%'"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Make_WithoutAName_IsRefused(string name) => Assert.NotEmpty((await MakeAsync(name)).Faults);

    [Fact]
    public async Task Make_ForALocationThatIsGone_IsRefused() =>
        Assert.NotEmpty(
            (
                await Links.MakeAsync(
                    Actor.Command, new ScreenDraft("Ward", new LocationLimit([99]), null), TestContext.Current.CancellationToken)).Faults);

    [Fact]
    public async Task Revoke_ALink_EndsItAtOnce()
    {
        var made = await MakeAsync("Ward 2");

        Assert.Empty(await Links.RevokeAsync(Actor.Command, made.Id!.Value, version: 0, "stolen", TestContext.Current.CancellationToken));

        Assert.Null(Directory.Find(made.Code!));
        Assert.Null(Directory.Find(made.Id.Value));
        Assert.Equal(
            ["screen link revoked|stolen"],
            _portal.Database.Lines("SELECT action, reason FROM audit_entry WHERE action = 'screen link revoked'"));
    }

    [Fact]
    public async Task Sound_Switched_IsStoredAndTold()
    {
        var made = await Links.MakeAsync(
            Actor.Command, new ScreenDraft("Ward 2", null, null, HasSound: true), TestContext.Current.CancellationToken);
        Assert.True(Directory.Find(made.Code!)!.HasSound);

        Assert.Empty(await SetSoundAsync(made, version: 0, isOn: false));

        Assert.False(Directory.Find(made.Code!)!.HasSound);
        Assert.Equal(AccessFaultKind.ScreenOver, Assert.Single(await SetSoundAsync(made, version: 0, isOn: true)).Kind);
        Assert.Equal(
            ["screen link made|screen 1 Ward 2||sees everything; with sound", "screen sound set|screen 1 Ward 2|on|off"],
            _portal.Database.Lines("SELECT action, subject, ifnull(old, ''), new FROM audit_entry WHERE action LIKE 'screen%' ORDER BY id"));
    }

    [Fact]
    public async Task Link_WithAnEnd_WorksUntilThen()
    {
        var made = await Links.MakeAsync(
            Actor.Command, new ScreenDraft("Fair", null, _time.GetUtcNow().AddDays(7)), TestContext.Current.CancellationToken);
        _time.Sleep(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.NotNull(Directory.Find(made.Code!));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(Directory.Find(made.Code!));
    }

    [Fact]
    public async Task Link_AfterARestart_StillWorks()
    {
        var made = await MakeAsync("Ward 2");

        await _portal.RestartAsync();

        Assert.NotNull(Directory.Find(made.Code!));
    }

    private Task<IReadOnlyList<AccessFault>> SetSoundAsync(NewScreen screen, int version, bool isOn) =>
        Links.SetSoundAsync(Actor.Command, screen.Id!.Value, version, isOn, TestContext.Current.CancellationToken);

    private Task<NewScreen> MakeAsync(string name) =>
        Links.MakeAsync(Actor.Command, new ScreenDraft(name, null, null), TestContext.Current.CancellationToken);
}
