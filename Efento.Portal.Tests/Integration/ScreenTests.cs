using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Streaming;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>A screen with a link: what it reaches, what it hears, and when it ends.</summary>
public sealed class ScreenTests : IAsyncLifetime
{
    private TwoWards _wards = null!;
    private NewScreen _made = null!;

    public async ValueTask InitializeAsync()
    {
        _wards = await TwoWards.StartAsync();
        _made = await _wards.Portal.Get<ScreenLinks>().MakeAsync(
            Actor.Command, new ScreenDraft("Corridor", new LocationLimit([_wards.Ward]), null));
    }

    public ValueTask DisposeAsync() => _wards.DisposeAsync();

    [Fact]
    public async Task Link_Opened_LeadsToTheBoardWithoutItsCode()
    {
        using var screen = new PeopleClient(_wards.Portal.Address);

        using var answer = await screen.GetAsync($"{ScreenLinks.PathOf(_made.Code!)}?theme=light&from=elsewhere");

        Assert.Equal($"{ScreenAuthentication.Path}?theme=light", answer.Headers.Location!.ToString());
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        Assert.All(
            (string[])["path=/wall/screen", "httponly", "samesite=lax", "expires="], part =>
                Assert.Contains(part, cookie, StringComparison.Ordinal));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        using var board = await screen.GetAsync(ScreenAuthentication.Path);
        Assert.Equal(HttpStatusCode.OK, board.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wall")]
    [InlineData("admin/screens")]
    [InlineData("gateways")]
    [InlineData("downloads/points/1/readings.csv")]
    public async Task Screen_AnyOtherPage_IsClosedToIt(string path)
    {
        using var screen = await OpenAsync();

        using var answer = await screen.GetAsync(path);

        Assert.Equal("/sign-in", answer.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Screen_AtTheHub_HearsOfItsOwnLocationsAlone()
    {
        using var screen = await OpenAsync();

        await using var client = await ListenAsync(screen);

        Assert.Equal(["Fridge seen"], client.Names);
    }

    [Fact]
    public async Task Screen_Listening_IsSeen()
    {
        using var screen = await OpenAsync();
        await using var client = await ListenAsync(screen);

        var use = _wards.Portal.Get<TokenUses>().Of(_wards.Portal.Get<ScreenDirectory>().All.Single());

        Assert.Equal("127.0.0.1", use.Address);
        Assert.NotNull(use.LastUsedUtc);
    }

    [Fact]
    public async Task Link_Revoked_EndsItsScreens()
    {
        using var screen = await OpenAsync();
        await using var client = await ListenAsync(screen);

        await _wards.Portal.Get<ScreenLinks>().RevokeAsync(
            Actor.Command, _made.Id!.Value, 0, "test", TestContext.Current.CancellationToken);

        await client.UntilHeardAsync("ended");
        using var board = await screen.GetAsync(ScreenAuthentication.Path);
        Assert.Equal(ScreenAuthentication.EndedPath, board.Headers.Location!.AbsolutePath);
        using var again = await screen.GetAsync(ScreenLinks.PathOf(_made.Code!));
        Assert.Equal(ScreenAuthentication.EndedPath, again.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Sound_Switched_IsToldToTheScreenAtOnce()
    {
        using var screen = await OpenAsync();
        await using var client = await LiveClient.ConnectAsync(
            _wards.Portal.Address, $"{LiveHub.ScreenPath}?tiles=en", cookies: screen.Cookies);
        await client.UntilHeardAsync("sound off");

        await _wards.Portal.Get<ScreenLinks>().SetSoundAsync(
            Actor.Command, _made.Id!.Value, 0, isOn: true, TestContext.Current.CancellationToken);

        await client.UntilHeardAsync("sound on");
    }

    [Fact]
    public async Task Hub_OfPeople_TakesNoScreen()
    {
        using var screen = await OpenAsync();

        var fault = await Assert.ThrowsAsync<HttpRequestException>(
            () => LiveClient.ConnectAsync(_wards.Portal.Address, LiveHub.Path, cookies: screen.Cookies));

        Assert.Equal(HttpStatusCode.Unauthorized, fault.StatusCode);
    }

    [Fact]
    public async Task Board_InPolish_IsAskedForByTheAddress()
    {
        using var screen = await OpenAsync();
        using var answer = await screen.GetAsync($"{ScreenAuthentication.Path}?lang=pl");

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("<html lang=\"pl\"", page, StringComparison.Ordinal);
        Assert.Contains("Pełny ekran", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    private async Task<PeopleClient> OpenAsync()
    {
        var screen = new PeopleClient(_wards.Portal.Address);
        using var answer = await screen.GetAsync(ScreenLinks.PathOf(_made.Code!));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return screen;
    }

    private Task<LiveClient> ListenAsync(PeopleClient screen) =>
        LiveClient.ConnectAsync(_wards.Portal.Address, LiveHub.ScreenPath, cookies: screen.Cookies);
}
