using Bunit;
using Efento.Portal.Components.Layout;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Tests.Components.Actions;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>Somebody changes how they like the pages after their session has ended, or while the database fails.</summary>
public sealed class OwnPreferencesTests : PortalPageContext
{
    [Fact]
    public async Task Form_SessionEnded_SaysThatNothingWasChanged()
    {
        var form = Render<PreferencesForm>();
        EndSession();

        await form.SubmitAsync("form");

        Assert.Equal("You are signed out. Nothing was changed.", form.Find("[role=alert]").TextContent);
        Assert.Empty(form.FindAll("[role=status]"));
    }

    [Fact]
    public async Task Form_DatabaseFails_SaysThatNothingWasChanged()
    {
        var form = Render<PreferencesForm>();
        using var refusing = new RefusingDatabase(Portal.Database, ["INSERT", "UPDATE"], ["preferences"]);

        await form.SubmitAsync("form");

        Assert.Contains("Nothing was changed.", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_SavedAfterAFault_NoLongerSaysIt()
    {
        var form = Render<PreferencesForm>();
        using (new RefusingDatabase(Portal.Database, ["INSERT", "UPDATE"], ["preferences"]))
        {
            await form.SubmitAsync("form");
        }

        await form.SubmitAsync("form");

        Assert.Empty(form.FindAll("[role=alert]"));
        Assert.StartsWith("Saved.", form.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Menu_SessionEnded_SaysThatNothingWasChanged()
    {
        var popovers = Render<MudPopoverProvider>();
        var menu = Render<AccountMenu>();
        await menu.ClickAsync("button");
        popovers.WaitForElement("[lang=pl]");
        var speak = popovers.FindComponents<MudMenuItem>().Single(item => item.Instance.OnClick.HasDelegate);
        var chosen = speak.Instance.OnClick;
        EndSession();

        await menu.InvokeAsync(() => chosen.InvokeAsync());

        Assert.Equal(
            "You are signed out. Nothing was changed.",
            Services.GetRequiredService<ISnackbar>().ShownSnackbars.Single().Message);
    }

    private void EndSession()
    {
        Person.SetPolicies();
        Person.SetNotAuthorized();
    }
}
