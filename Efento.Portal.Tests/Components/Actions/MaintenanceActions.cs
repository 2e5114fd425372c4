using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Maintenance;
using Efento.Portal.Ingest;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of the maintenance lets people do.</summary>
internal static class MaintenanceActions
{
    private static readonly Subject Off = new("maintenance that is off", _ => Task.CompletedTask);
    private static readonly Subject On = new("maintenance that is on", portal => Mode(portal).StartAsync(Actor.Command, TimeSpan.FromHours(1), "New disk"));
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

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of<NowSection>(nameof(MaintenanceMode.StartAsync), Off, scene =>
        {
            var page = Show(scene);
            page.Find("#now-reason").Change("Two disks");
            return Task.FromResult(Button(page, "turn-on"));
        }),
        Of<NowSection>(nameof(MaintenanceMode.ChangeAsync), On, async scene =>
        {
            var page = Show(scene);
            await page.Find(".end-now + .change").ClickAsync(new MouseEventArgs());
            page.Find("#now-reason").Change("Two disks");
            return Button(page, "save");
        }),
        Of<NowSection>(nameof(MaintenanceMode.EndAsync), On, scene => Task.FromResult(Button(Show(scene), "end-now"))),
        new(typeof(ClockSection), $"{nameof(ClockDesk)}.{nameof(ClockDesk.AcceptAsync)}", Doubted, scene => Task.FromResult(Button(Show(scene), "accept-clock"))),
        Of<PlanSection>(nameof(MaintenanceMode.PlanAsync), Subject.New(), scene =>
        {
            var page = Show(scene);
            var day = scene.Time.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            page.Find("#plan-from").Change($"{day}T12:00");
            page.Find("#plan-until").Change($"{day}T13:00");
            page.Find("#plan-reason").Change("Two disks");
            return Task.FromResult(Button(page, "plan"));
        }),
        Of<PlanSection>(nameof(MaintenanceMode.ChangeAsync), Planned, async scene =>
        {
            var page = Show(scene);
            await page.Find(".planned .change").ClickAsync(new MouseEventArgs());
            page.Find("#plan-reason").Change("Two disks");
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
