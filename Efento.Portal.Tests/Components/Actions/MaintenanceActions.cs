using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Maintenance;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of the maintenance lets people do.</summary>
internal static class MaintenanceActions
{
    private static readonly Subject Off = new("maintenance that is off", _ => Task.CompletedTask);
    private static readonly Subject On = new(
        "maintenance that is on", portal => Mode(portal).StartAsync(Actor.Command, TimeSpan.FromHours(1), "New disk"));
    private static readonly Subject Planned = new("planned maintenance", portal =>
        Mode(portal).PlanAsync(Actor.Command, Now(portal).AddDays(3), Now(portal).AddDays(3).AddHours(1), "New disk"));

    private static readonly Subject Doubted = Subject.New(async portal =>
    {
        // Not before the day the program was built.
        var time = (FakeTimeProvider)portal.Get<TimeProvider>();
        time.AdjustTime(Now(portal).AddDays(1));
        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
        time.AdjustTime(Now(portal).AddMinutes(-10));
    });

    private static readonly Subject Lost = new("loss of messages", async portal =>
    {
        portal.Database.Execute("INSERT INTO store_loss (newest_message, noted_message, noted_utc, found_utc) VALUES (0, 1, 0, 0)");
        using var lease = await portal.Get<WriteGate>().EnterAsync();
        await using var db = lease.CreateContext();
        portal.Get<StoreLosses>().Load(db);
    });

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of<NowSection>(nameof(MaintenanceMode.StartAsync), Off, async scene =>
        {
            var page = Show(scene);
            await page.ChangeAsync("#now-reason", "Two disks");
            return Button(page, "turn-on");
        }),
        Of<NowSection>(nameof(MaintenanceMode.ChangeAsync), On, async scene =>
        {
            var page = Show(scene);
            await page.ClickAsync(".end-now + .change");
            await page.ChangeAsync("#now-reason", "Two disks");
            return Button(page, "save");
        }),
        Of<NowSection>(nameof(MaintenanceMode.EndAsync), On, scene => Task.FromResult(Button(Show(scene), "end-now"))),
        new(
            typeof(ClockSection), $"{nameof(ClockAcceptance)}.{nameof(ClockAcceptance.AcceptAsync)}", Doubted, scene =>
                Task.FromResult(Button(Show(scene), "accept-clock"))),
        new(
            typeof(LossSection), $"{nameof(StoreLosses)}.{nameof(StoreLosses.ConfirmAsync)}", Lost, scene =>
                Task.FromResult(Button(Show(scene), "confirm-loss"))),
        Of<PlanSection>(nameof(MaintenanceMode.PlanAsync), Subject.New(), async scene =>
        {
            var page = Show(scene);
            var day = scene.Time.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            await page.ChangeAsync("#plan-from", $"{day}T12:00");
            await page.ChangeAsync("#plan-until", $"{day}T13:00");
            await page.ChangeAsync("#plan-reason", "Two disks");
            return Button(page, "plan");
        }),
        Of<PlanSection>(nameof(MaintenanceMode.ChangeAsync), Planned, async scene =>
        {
            var page = Show(scene);
            await page.ClickAsync(".planned .change");
            await page.ChangeAsync("#plan-reason", "Two disks");
            return Button(page, "plan");
        }),
        Of<PlanSection>(nameof(MaintenanceMode.CancelAsync), Planned, async scene =>
        {
            var page = Show(scene);
            var asked = await scene.AskAsync(Button(page, "cancel"));
            return scene.Button("Cancel the maintenance", asked);
        }),
    ];

    private static PageAction Of<T>(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(T), $"{nameof(MaintenanceMode)}.{method}", subject, prepare);

    private static IRenderedComponent<MaintenancePage> Show(ActionScene scene) => scene.Open<MaintenancePage>("admin/maintenance");

    private static Func<Task> Button(IRenderedComponent<MaintenancePage> page, string look) =>
        ActionScene.Message(page.FindComponents<MudButton>().Last(b => b.Instance.Class == look));

    private static MaintenanceMode Mode(PortalUnderTest portal) => portal.Get<MaintenanceMode>();

    private static DateTimeOffset Now(PortalUnderTest portal) => portal.Get<TimeProvider>().GetUtcNow();
}
