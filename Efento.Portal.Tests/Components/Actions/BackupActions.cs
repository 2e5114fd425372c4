using Bunit;
using Efento.Portal.Backup;
using Efento.Portal.Backup.Holding;
using Efento.Portal.Components.Pages.Admin.Backup;
using Efento.Portal.Tests.Support;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of backups lets people do.</summary>
internal static class BackupActions
{
    private static readonly Subject Held = new("held portal", portal =>
    {
        portal.Database.Execute("UPDATE portal_place SET held_utc = 1, reason = 1, state_utc = 1");
        return Task.CompletedTask;
    });

    public static IReadOnlyList<PageAction> All { get; } =
    [
        new(
            typeof(BackupPage), $"{nameof(BackupRequests)}.{nameof(BackupRequests.StartAsync)}", Subject.New(),
            scene => Task.FromResult(Button(Show(scene), "back-up"))),
        Of(nameof(HoldService.SendAsync), scene => Task.FromResult(Button(Show(scene), "send-held"))),
        Of(nameof(HoldService.DropAsync), async scene =>
        {
            var page = Show(scene);
            await page.ClickAsync(".ask-drop");
            return Button(page, "drop-held");
        }),
    ];

    private static PageAction Of(string method, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(HoldSection), $"{nameof(HoldService)}.{method}", Held, prepare);

    private static IRenderedComponent<BackupPage> Show(ActionScene scene) => scene.Open<BackupPage>("admin/backup");

    private static Func<Task> Button(IRenderedComponent<BackupPage> page, string look) =>
        ActionScene.Message(page.FindComponents<MudButton>().Last(b => b.Instance.Class == look));
}
