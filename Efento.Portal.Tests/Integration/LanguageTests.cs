using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The language and look of a page from its first byte on.</summary>
public sealed class LanguageTests : IAsyncLifetime
{
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("pl-PL,pl;q=0.9,en;q=0.8", "pl", "Portal nie jest jeszcze skonfigurowany.")]
    [InlineData("de,en;q=0.5", "en", "The portal has not been set up yet.")]
    public async Task SignIn_BeforeTheSetUp_SpeaksTheBrowsersLanguage(string wanted, string language, string expected)
    {
        await using var empty = await PortalUnderTest.StartAsync(new PortalStart { IsSetUp = false });
        using var nobody = new PeopleClient(empty.Address, null, ("Accept-Language", wanted));

        var page = await PageAsync(nobody, "sign-in");

        Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
        Assert.Contains(expected, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_OfASite_SpeaksItsLanguageWhateverTheBrowserWants()
    {
        using var nobody = new PeopleClient(_portal.Address, null, ("Accept-Language", "pl"));

        Assert.Contains("<html lang=\"en\"", await PageAsync(nobody, "sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAPolishPerson_IsPolishFromTheFirstByte()
    {
        using var person = await PreferAsync(before => before with { Language = "pl" });

        var page = await PageAsync(person, "gateways");

        Assert.Contains("<html lang=\"pl\"", page, StringComparison.Ordinal);
        Assert.Contains("Nie odezwała się jeszcze żadna bramka", page, StringComparison.Ordinal);
        Assert.Contains("przed chwilą", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No gateway was heard yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingPage_OfAPolishPerson_IsPolish()
    {
        using var person = await PreferAsync(before => before with { Language = "pl" });

        using var answer = await person.GetAsync("no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Nie ma takiej strony", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAPerson_SaysThemeAndZoneBeforeAnythingIsDrawn()
    {
        using var person = await PreferAsync(before => before with { Theme = Theme.Dark, TimeZone = "Asia/Tokyo" });

        Assert.Contains(
            "<html lang=\"en\" data-zone=\"Asia/Tokyo\" data-theme-choice=\"dark\" data-locale=\"en-GB\" data-plurals=\"one other\">",
            await PageAsync(person, "gateways"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfTheSitesZone_NamesIt()
    {
        using var person = await PreferAsync(before => before with { TimeZone = Preferences.SiteZone });

        Assert.Contains(
            $"data-zone=\"{_portal.Get<PeopleDirectory>().Site!.TimeZone}\"", await PageAsync(person, "gateways"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Theme_ChosenInAPage_IsKeptWithTheAccount()
    {
        using var person = await PeopleClient.SignedInAsync(_portal);

        using var answer = await person.PostAsync("account/theme?choice=dark");
        using var nonsense = await person.PostAsync("account/theme?choice=pink");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.BadRequest), (answer.StatusCode, nonsense.StatusCode));
        Assert.Equal(Theme.Dark, _portal.Get<PeopleDirectory>().PreferencesOf(1).Theme);
    }

    [Theory]
    [InlineData(StartPage.Overview, "/")]
    [InlineData(StartPage.Gateways, "/gateways")]
    public async Task SignIn_WithoutAPageAskedFor_LeadsToTheFirstPage(StartPage first, string expected)
    {
        await _portal.Get<OwnPreferences>().ChangeAsync(1, before => before with { StartPage = first });
        using var person = new PeopleClient(_portal.Address);

        using var answer = await person.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);

        Assert.Equal(expected, new Uri(_portal.Address, answer.Headers.Location!).PathAndQuery);
    }

    [Fact]
    public async Task Preferences_Restarted_AreKept()
    {
        await _portal.Get<OwnPreferences>().ChangeAsync(1, before => before with { Language = "pl" });
        await _portal.RestartAsync();

        Assert.Equal("pl", _portal.Get<PeopleDirectory>().PreferencesOf(1).Language);
    }

    [Fact]
    public async Task Preferences_ThatAreNone_AreRefused()
    {
        var preferences = _portal.Get<OwnPreferences>();

        await Assert.ThrowsAsync<ArgumentException>(() => preferences.ChangeAsync(1, before => before with { Language = "xx" }));
        await Assert.ThrowsAsync<ArgumentException>(() => preferences.ChangeAsync(1, before => before with { TimeZone = "Moon/Base" }));
        await Assert.ThrowsAsync<ArgumentException>(() => preferences.ChangeAsync(1, before => before with { Theme = (Theme)9 }));

        Assert.Equal(Preferences.None, _portal.Get<PeopleDirectory>().PreferencesOf(1));
    }

    private async Task<PeopleClient> PreferAsync(Func<Preferences, Preferences> change)
    {
        await _portal.Get<OwnPreferences>().ChangeAsync(1, change);
        return await PeopleClient.SignedInAsync(_portal);
    }

    private static async Task<string> PageAsync(PeopleClient person, string path)
    {
        using var answer = await person.GetAsync(path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
