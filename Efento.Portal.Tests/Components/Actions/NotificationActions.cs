using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Components.Pages.Admin.Drills;
using Efento.Portal.Components.Pages.Admin.Notifications;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Notifications.Push;
using Efento.Portal.Tests.Notifications.Channels.Push;
using Efento.Portal.Tests.Support;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of the notifications lets people do.</summary>
internal static class NotificationActions
{
    private static readonly Subject Chain = new("chain", MakeAsync);
    private static readonly Subject Quiet = new("quiet hours", AddressAsync);

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of(nameof(NotificationEdits.SaveAsync), Chain, async scene =>
        {
            var table = scene.Open<NotificationsPage>("admin/notifications").FindComponent<ChainTable>();
            var (change, chain) = (table.Instance.Change, Ward(table.Instance));
            await scene.AskAsync(() => table.InvokeAsync(() => change.InvokeAsync(chain)));
            await scene.FillAsync("Repeat every", "15m");
            return scene.Button("Save");
        }),
        Of(nameof(NotificationEdits.RemoveAsync), Chain, async scene =>
        {
            var table = scene.Open<NotificationsPage>("admin/notifications").FindComponent<ChainTable>();
            var (remove, chain) = (table.Instance.Remove, Ward(table.Instance));
            var asked = await scene.AskAsync(() => table.InvokeAsync(() => remove.InvokeAsync(chain)));
            return scene.Button("Remove", asked);
        }),
        Of(nameof(NotificationEdits.SaveWatchingAsync), new Subject("watching", MakeAsync), async scene =>
        {
            var section = SectionOf(scene, "watching");
            await scene.AskAsync(() => section.InvokeAsync(() => section.Instance.OnAdd.InvokeAsync()));
            await scene.FillAsync("Call every", "5m");
            await scene.FillAsync("Address", "https://ping.example/7f3a");
            return scene.Button("Save");
        }),
        new(typeof(NotificationsPage), $"{nameof(DrillService)}.{nameof(DrillService.StartAsync)}", Subject.New(MakeAsync), async scene =>
        {
            var section = SectionOf(scene, "drills");
            await scene.AskAsync(() => section.InvokeAsync(() => section.Instance.OnAdd.InvokeAsync()));
            return scene.Button("Start the drill");
        }),
        new(typeof(DrillPage), $"{nameof(DrillService)}.{nameof(DrillService.EndAsync)}", new Subject("drill", DrillAsync), async scene =>
        {
            var drill = scene.Portal.Get<DrillBoard>().On!.Id;
            var page = scene.Open<DrillPage>($"admin/drills/{drill}", p => p.Add(d => d.Id, drill));
            await Until.TrueAsync(() => page.FindComponents<MudButton>().Count > 0);
            var end = page.FindComponent<MudButton>().Instance.OnClick;
            return () => page.InvokeAsync(() => end.InvokeAsync());
        }),
        new(typeof(QuietHoursForm), $"{nameof(OwnQuietHours)}.{nameof(OwnQuietHours.ChangeAsync)}", Quiet, async scene =>
        {
            var form = scene.Open<QuietHoursForm>("account", p => p.Add(f => f.Email, ActionScene.Email));
            await form.ChangeAsync("#quiet-from", "21:00");
            await form.ChangeAsync("#quiet-to", "05:00");
            return () => form.SubmitAsync("form");
        })
        {
            Policy = Policies.View,
        },
        OfDevice(nameof(OwnDevices.AddAsync), Subject.New(PushAsync), 2),
        OfDevice(nameof(OwnDevices.TestAsync), Subject.New(PushAsync), 0),
        OfDevice(nameof(OwnDevices.RemoveAsync), new Subject("device", PushAsync), 1),
    ];

    /// <summary>A button of the form that lists the devices of a user who has one and adds another.</summary>
    private static PageAction OfDevice(string method, Subject subject, int button) =>
        new(typeof(OwnDevicesForm), $"{nameof(OwnDevices)}.{method}", subject, async scene =>
        {
            using var browser = new BrowserWithPush();
            await AddDeviceAsync(scene, browser);
            var script = scene.JSInterop.SetupModule("./assets/portal.js");
            script.Setup<PushState>("pushState").SetResult(new(PushState.Able, null));
            script.Setup<PushAnswer>("turnOnPush", _ => true).SetResult(
                new("https://push.example/another", browser.P256dh, browser.Auth, "Firefox/140.0 (Windows)", false, null));
            var form = scene.Open<OwnDevicesForm>("account");
            form.WaitForAssertion(() => Assert.Equal(3, form.FindComponents<MudButton>().Count));
            return ActionScene.Message(form.FindComponents<MudButton>()[button]);
        })
        {
            Policy = Policies.View,
        };

    private static async Task AddDeviceAsync(ActionScene scene, BrowserWithPush browser)
    {
        var owner = (await scene.Portal.Get<PeopleQuery>().UsersAsync()).Single(u => u.Email == ActionScene.Email).Seen.Id;
        var outcome = await scene.Portal.Get<OwnDevices>().AddAsync(
            new Actor(ActorKind.Person, ActionScene.Email, UserId: owner),
            new NewDevice("https://127.0.0.1:9/phone", browser.P256dh, browser.Auth, "Chrome on Android"));
        Assert.Equal(DeviceOutcome.Done, outcome);
    }

    private static PageAction Of(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(NotificationsPage), $"{nameof(NotificationEdits)}.{method}", subject, prepare);

    private static NotificationEntry Ward(ChainTable table) => table.Chains.Single(c => c.Name == "ward");

    private static Task MakeAsync(PortalUnderTest portal) => portal.TellAsync(NotificationBench.NightAndDay);

    private static Task PushAsync(PortalUnderTest portal) => portal.TellAsync("""{"channels":[{"key":"push","kind":"push"}]}""");

    private static IRenderedComponent<EntrySection> SectionOf(ActionScene scene, string id) =>
        scene.Open<NotificationsPage>("admin/notifications").FindComponents<EntrySection>().Single(s => s.Instance.Id == id);

    private static async Task DrillAsync(PortalUnderTest portal)
    {
        await MakeAsync(portal);
        if (portal.Get<DrillBoard>().On is { } on)
        {
            await portal.Get<DrillService>().EndAsync(Actor.Command, on.Id);
        }

        var wish = new DrillWish("ward", AlarmLevel.Critical, null, IsAtOnce: false);
        Assert.Null((await portal.Get<DrillService>().StartAsync(Actor.Command, wish)).Fault);

        // What is due at once was attempted, and noted: nothing else is written until the clock goes on.
        var now = portal.Get<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
        await Until.TrueAsync(() => portal.Database.Count($"delivery WHERE state IN (1, 2) AND next_utc <= {now}") == 0);
    }

    private static Task AddressAsync(PortalUnderTest portal) => portal.TellAsync(
        $$"""{"channels":[],"people":[{"email":"{{ActionScene.Email}}"}]}""");
}
