using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Ledger;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Deliveries;

/// <summary>Who was told of alarms, when, through what, and what their server answered: page by page, the last one first.</summary>
public sealed partial class DeliveriesPage
{
    /// <summary>The number of deliveries on a page.</summary>
    public const int PageSize = 50;

    [HandedOver]
    private IReadOnlyList<DeliveryLine>? _lines;
    [HandedOver]
    private DeliveryNames _names = new([], []);
    [HandedOver]
    private string? _older;
    private TimeZoneInfo? _zoneOfBrowser;

    /// <inheritdoc cref="DeliveryChoice.State"/>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <inheritdoc cref="DeliveryChoice.Channel"/>
    [SupplyParameterFromQuery]
    public string? Channel { get; set; }

    /// <inheritdoc cref="DeliveryChoice.Who"/>
    [SupplyParameterFromQuery]
    public string? Who { get; set; }

    /// <inheritdoc cref="DeliveryChoice.Time"/>
    [SupplyParameterFromQuery]
    public string? Time { get; set; }

    /// <inheritdoc cref="DeliveryChoice.From"/>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <inheritdoc cref="DeliveryChoice.To"/>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    /// <summary>The last delivery of the page before, as time and key: 1750000000000-17.</summary>
    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(1);

    private DeliveryChoice Choice => new() { State = State, Channel = Channel, Who = Who, Time = Time, From = From, To = To };

    [Inject]
    private DeliveryQuery Deliveries { get; set; } = null!;

    [Inject]
    private DeliveryReplay Replay { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private SiteClock SiteClock { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Delivery), new LiveKey(LiveTopic.Alarm), new LiveKey(LiveTopic.Channel));
        var scope = await Person.ScopeAsync();
        var filter = Choice.Filter(Clock.GetUtcNow(), Choice.HasDays ? await ZoneAsync() : TimeZoneInfo.Utc);
        var found = await Deliveries.ListAsync(scope, filter, PositionOf(Before), PageSize + 1);
        _names = await Deliveries.NamesAsync(scope);
        _older = found.Count > PageSize ? TextOf(found[PageSize - 1].Delivery) : null;
        _lines = [.. found.Take(PageSize)];
    }

    /// <summary>The page's zone. The browser's own is asked for once; before it can be asked, the site's is taken.</summary>
    private async Task<TimeZoneInfo> ZoneAsync() =>
        View.TimeZone is not null ? await Js.ZoneAsync(Assets, View)
        : RendererInfo.IsInteractive ? _zoneOfBrowser ??= await Js.ZoneAsync(Assets, View)
        : await SiteClock.ReadZoneAsync();

    private async Task SendAgainAsync(long delivery)
    {
        var prevented = await Person.TryAsync(
            Policies.Administer,
            async actor => await Replay.SendAgainAsync(actor, delivery) ? null : DeliveriesText.NotFailedAnyMore);
        Snackbar.Add(prevented ?? DeliveriesText.IsQueuedAgain, prevented is null ? Severity.Success : Severity.Error);
        await ReloadAsync();
    }

    private static string TextOf(Delivery its) =>
        string.Create(CultureInfo.InvariantCulture, $"{its.DueUtc.ToUnixTimeMilliseconds()}-{its.Id}");

    private static DeliveryPosition? PositionOf(string? text) => text?.Split('-') is [var due, var id]
        && long.TryParse(due, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
        && ms < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? new(DateTimeOffset.FromUnixTimeMilliseconds(ms), key)
            : null;

    private string AddressBefore(string? before) => Navigation.GetUriWithQueryParameter("before", before);
}
