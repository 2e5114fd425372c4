using Efento.Portal.Access;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>Arranging measuring points in locations, and what somebody limited to one sees in an open page.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class LocationsTests(Chromium chromium) : IAsyncLifetime
{
    private TwoWards _wards = null!;

    public async ValueTask InitializeAsync() => _wards = await TwoWards.StartAsync();

    public ValueTask DisposeAsync() => _wards.DisposeAsync();

    [Fact]
    public async Task Point_PickedByKeyboard_LiesInTheLocation()
    {
        await using var admin = await PageInBrowser.OpenAsync(chromium, _wards.Portal.Address);
        await admin.GoAsync("admin/locations");

        await admin.Page.GetByLabel("Cellar hidden").FocusAsync();
        await admin.Page.Keyboard.PressAsync("Space");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Place…" }).FocusAsync();
        await admin.Page.Keyboard.PressAsync("Enter");
        await admin.Page.Locator(".mud-dialog .mud-select").First.ClickAsync();
        await admin.Page.GetByText("Hospital › Ward 1", new() { Exact = true }).ClickAsync();
        await admin.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Move" }).ClickAsync();

        await Group(admin, "Hospital › Ward 1").GetByText("Cellar hidden").WaitForAsync();
        Assert.Empty(admin.Faults);
    }

    [Fact]
    public async Task Point_Dragged_LiesInTheLocation()
    {
        await using var admin = await PageInBrowser.OpenAsync(chromium, _wards.Portal.Address);
        await admin.GoAsync("admin/locations");

        await admin.Page.GetByText("Cellar hidden").DragToAsync(Group(admin, "Hospital › Ward 1").GetByRole(AriaRole.Heading));

        await Group(admin, "Hospital › Ward 1").GetByText("Cellar hidden").WaitForAsync();
        Assert.Empty(admin.Faults);
    }

    [Fact]
    public async Task Location_Added_StandsInTheTree()
    {
        await using var admin = await PageInBrowser.OpenAsync(chromium, _wards.Portal.Address);
        await admin.GoAsync("admin/locations");

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Add a location" }).ClickAsync();
        await admin.Page.GetByLabel("Name").FillAsync("Depot");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Group(admin, "Depot").WaitForAsync();
        Assert.Empty(admin.Faults);
    }

    [Fact]
    public async Task Overview_LimitChanged_FollowsInTheOpenPage()
    {
        await using var nurse = await PageInBrowser.OpenUnknownAsync(chromium, _wards.Portal.Address);
        await nurse.SignInAsync(TwoWards.Email, PortalUnderTest.AdminPassword);
        await nurse.GoAsync("");
        await nurse.Page.GetByText("Fridge seen").WaitForAsync();
        Assert.Equal(0, await nurse.Page.GetByText("Fridge hidden").CountAsync());

        await _wards.LimitAsync(new LocationLimit([_wards.OtherWard]));
        await nurse.Page.GetByText("Fridge hidden").WaitForAsync();
        Assert.Equal(0, await nurse.Page.GetByText("Fridge seen").CountAsync());
        Assert.Empty(nurse.Faults);
    }

    private static ILocator Group(PageInBrowser page, string path) => page.Page.Locator($"section[aria-label='{path}']");
}
