using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

[Trait(Category.Name, Category.Browser)]
public sealed class PeopleTests(Chromium chromium) : IAsyncLifetime
{
    private const string Email = "new@portal.test";
    private const string Password = "lamp river cheese anvil";
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Person_InvitedPromotedAndDisabled_SeesItInTheOpenPage()
    {
        await using var admin = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await admin.GoAsync("admin/users");
        await admin.Page.GetByText("Invite person").ClickAsync();
        await admin.Page.FillAsync(".mud-dialog input[type=email]", Email);
        await admin.Page.GetByText("Create link").ClickAsync();
        var link = await admin.Page.Locator(".mud-dialog portal-copy").GetAttributeAsync("text");

        await using var person = await PageInBrowser.OpenUnknownAsync(chromium, _portal.Address);
        await person.VisitAsync(link!);
        await person.Page.FillAsync("#password", Password);
        await person.Page.FillAsync("#again", Password);
        await person.Page.ClickAsync("button[type=submit]");
        await person.LiveAsync();
        Assert.Equal(0, await person.Page.GetByText("Admin", new() { Exact = true }).CountAsync());

        await _portal.Get<UserChanges>().SetRoleAsync(Actor.Command, (await UserAsync()).Seen, Role.Auditor, "test");
        await person.Page.GetByText("Admin", new() { Exact = true }).WaitForAsync();

        await _portal.Get<UserChanges>().DisableAsync(Actor.Command, (await UserAsync()).Seen, "test");
        await person.AddressAsync("**/sign-in?**");
        await admin.Page.GetByText("Disabled since").WaitForAsync();
        Assert.Empty(admin.Faults);
        Assert.Empty(person.Faults);
    }

    [Fact]
    public async Task Input_TellsThatSomebodyIsThere()
    {
        await using var admin = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await admin.GoAsync("gateways");

        var told = await admin.Page.RunAndWaitForResponseAsync(() => admin.Page.Keyboard.PressAsync("Tab"), "**/account/active");

        Assert.Equal(204, told.Status);
    }

    [Fact]
    public async Task Account_ChangesThePasswordAndEndsOtherSessions()
    {
        await using var here = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await using var elsewhere = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await elsewhere.GoAsync("gateways");
        await here.GoAsync("account");
        await here.Page.FillAsync("#old", PortalUnderTest.AdminPassword);
        await here.Page.FillAsync("#password", Password);
        await here.Page.FillAsync("#again", Password);

        await here.Page.GetByText("Change password", new() { Exact = true }).ClickAsync();

        await here.Page.GetByText("Your password was changed").WaitForAsync();
        await elsewhere.AddressAsync("**/sign-in?**");
        await elsewhere.SignInAsync(PortalUnderTest.AdminEmail, Password);
        Assert.Empty(here.Faults);
    }

    private async Task<UserItem> UserAsync() => (await _portal.Get<PeopleQuery>().UsersAsync()).Single(u => u.Email == Email);
}
