using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Channels;
using Efento.Portal.Components.Pages.Admin.Deliveries;
using Efento.Portal.Notifications.Administration;
using Efento.Portal.Notifications.Ledger;
using Efento.Portal.Outgoing;
using Efento.Portal.Tests.Support;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the pages of channels and deliveries let people do.</summary>
internal static class ChannelActions
{
    private static readonly Subject Channel = new("channel", MakeAsync);

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of<ChannelDialog>(nameof(ChannelDecisions.SaveAsync), Channel, async scene =>
        {
            var page = scene.Open<ChannelsPage>("admin/channels");
            await scene.AskAsync(() => page.InvokeAsync(() => page.Instance.ChangeAsync(RowOf(page))));
            await scene.FillAsync("Address", "http://127.0.0.2:9/");
            return scene.Button("Save");
        }),
        Of<ChannelsPage>(nameof(ChannelDecisions.SwitchAsync), Channel, scene =>
        {
            var page = scene.Open<ChannelsPage>("admin/channels");
            var row = RowOf(page);
            return Task.FromResult<Func<Task>>(() => page.InvokeAsync(() => page.Instance.SwitchAsync(row)));
        }),
        Of<ChannelsPage>(nameof(ChannelDecisions.RemoveAsync), Channel, async scene =>
        {
            var page = scene.Open<ChannelsPage>("admin/channels");
            var asked = await scene.AskAsync(() => page.InvokeAsync(() => page.Instance.RemoveAsync(RowOf(page))));
            return scene.Button("Remove", asked);
        }),
        new(typeof(ChannelTestDialog), $"{nameof(ChannelProbe)}.{nameof(ChannelProbe.SendAsync)}", Subject.New(MakeAsync), async scene =>
        {
            var page = scene.Open<ChannelsPage>("admin/channels");
            await scene.AskAsync(() => page.InvokeAsync(() => page.Instance.TestAsync(RowOf(page))));
            return scene.Button("Send test message");
        }),
        new(typeof(FeedTable), $"{nameof(FeedControl)}.{nameof(FeedControl.ResetAsync)}", new Subject("feed", MakeAsync), async scene =>
        {
            var table = scene.Open<ChannelsPage>("admin/channels").FindComponent<FeedTable>();
            var feed = (await scene.Portal.Get<FeedControl>().ReadAsync(Xunit.TestContext.Current.CancellationToken))[0];
            await scene.AskAsync(() => table.InvokeAsync(() => table.Instance.ResetAsync(feed)));
            await scene.SetAsync<MudSelect<bool>>(_ => true, select => select.ValueChanged.InvokeAsync(true));
            return scene.Button("Reset");
        }),
        new(
            typeof(DeliveriesPage), $"{nameof(DeliveryReplay)}.{nameof(DeliveryReplay.SendAgainAsync)}", new Subject("delivery", FailAsync),
            scene =>
            {
                var table = scene.Open<DeliveriesPage>("admin/deliveries").FindComponent<DeliveryTable>();
                var (send, id) = (table.Instance.SendAgain, table.Instance.Lines[0].Delivery.Id);
                return Task.FromResult<Func<Task>>(() => table.InvokeAsync(() => send.InvokeAsync(id)));
            }),
    ];

    private static PageAction Of<TComponent>(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(TComponent), $"{nameof(ChannelDecisions)}.{method}", subject, prepare);

    private static ChannelRow RowOf(IRenderedComponent<ChannelsPage> page) => page.FindComponent<ChannelTable>().Instance.Rows[0];

    /// <summary>An address to which nothing may be sent: a test of it ends at once.</summary>
    private static Task MakeAsync(PortalUnderTest portal) =>
        portal.TellAsync("""{"channels":[{"key":"hook","kind":"webhook","url":"http://127.0.0.1:9/"}]}""");

    /// <summary>A message that failed, through a channel that is off, so that it then waits.</summary>
    private static async Task FailAsync(PortalUnderTest portal)
    {
        await MakeAsync(portal);
        var row = portal.Get<Efento.Portal.Notifications.NotificationDirectory>().Book.Channels["hook"].Row;
        Assert.True((await portal.Get<ChannelDecisions>().SwitchAsync(Actor.Command, SeenChannel.Of(row), isOn: false)).IsDone);
        await portal.RuleAsync(AlarmBench.Fridge());
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(portal.Get<TimeProvider>()), 11)));
        var alarm = Assert.Single(await portal.AlarmsAsync()).Alarm;
        portal.Deliver(alarm.Id, "hook", null, state: 4, portal.Get<TimeProvider>().GetUtcNow());
    }
}
