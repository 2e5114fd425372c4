using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Components.Pages.Admin.Screens;
using Efento.Portal.Tests.Support;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of the screens lets people do.</summary>
internal static class ScreenActions
{
    private static readonly Subject Screen = new("screen", MakeAsync);

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of(nameof(ScreenLinks.MakeAsync), Subject.New(MakeAsync), async scene =>
        {
            var page = scene.Open<ScreensPage>("admin/screens");
            var asked = await scene.AskAsync(ActionScene.Message(page.FindComponents<MudButton>()[1]));
            await scene.FillAsync("Name of the screen", "Corridor");
            return scene.Button("Create link", asked);
        }),
        Of(nameof(ScreenLinks.SetSoundAsync), Screen, scene =>
        {
            var table = scene.Open<ScreensPage>("admin/screens").FindComponent<ScreenTable>();
            var (set, screen) = (table.Instance.SetSound, table.Instance.Screens[0]);
            return Task.FromResult<Func<Task>>(() => table.InvokeAsync(() => set.InvokeAsync(screen)));
        }),
        Of(nameof(ScreenLinks.RevokeAsync), Screen, async scene =>
        {
            var table = scene.Open<ScreensPage>("admin/screens").FindComponent<ScreenTable>().Instance;
            var asked = await scene.AskAsync(() => table.Revoke.InvokeAsync(table.Screens[0]));
            await scene.FillAsync("Why", "stolen");
            return scene.Button("Revoke", asked);
        }),
    ];

    private static PageAction Of(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(ScreensPage), $"{nameof(ScreenLinks)}.{method}", subject, prepare);

    private static async Task MakeAsync(PortalUnderTest portal) =>
        Assert.Empty((await portal.Get<ScreenLinks>().MakeAsync(Actor.Command, new ScreenDraft("Lobby", null, null))).Faults);
}
