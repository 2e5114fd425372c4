using Efento.Portal.Components.Browser;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>Maintenance now, planned and past, and which gateways have returned.</summary>
public sealed partial class MaintenancePage
{
    private const int WindowsAtOnce = 10;

    /// <summary>Faults, and the times at which gateways are expected, change without a signal.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private ITimer? _look;
    private TimeZoneInfo? _zoneOfBrowser;
    [HandedOver]
    private TimeZoneInfo? _zone;
    [HandedOver]
    private MaintenanceWindow? _current;
    [HandedOver]
    private ReturnReport? _expected;
    [HandedOver]
    private IReadOnlyList<MaintenanceWindow> _planned = [];
    [HandedOver]
    private IReadOnlyList<PastWindow> _past = [];
    [HandedOver]
    private IReadOnlyList<IngestFault> _faults = [];
    [HandedOver]
    private IReadOnlyList<IngestFault> _doubts = [];
    [HandedOver]
    private IReadOnlyList<StoreLoss> _losses = [];
    private int _shown = WindowsAtOnce;
    [HandedOver]
    private bool _hasMore;

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromMilliseconds(500);

    [Inject]
    private MaintenanceMode Mode { get; set; } = null!;

    [Inject]
    private MaintenanceLog Windows { get; set; } = null!;

    [Inject]
    private ReturnQuery Returns { get; set; } = null!;

    [Inject]
    private SiteClock Clock { get; set; } = null!;

    [Inject]
    private ClockAcceptance ClockAcceptance { get; set; } = null!;

    [Inject]
    private StoreLosses StoreLosses { get; set; } = null!;

    [Inject]
    private IngestFaults Faults { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (RendererInfo.IsInteractive)
        {
            _look = Time.CreateTimer(_ => _ = InvokeAsync(LookAsync), null, LookEvery, LookEvery);
        }
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        FollowWhatMatters();
        var zone = await ZoneAsync();
        (_current, _planned, _faults, _doubts, _losses) = (
            Mode.Current, Mode.Planned, Faults.Now, ClockAcceptance.Doubts, StoreLosses.Unseen);
        var past = await Windows.ReadPastAsync(_shown + 1);
        MaintenanceWindow[] all = [.. past, .. _current is { } on ? [on] : Array.Empty<MaintenanceWindow>()];
        _expected = _current is { } current ? await ReadReturnsAsync(current, all) : null;
        List<PastWindow> withReturns = [];
        foreach (var window in past.Take(_shown))
        {
            withReturns.Add(new(window, window.IsCancelled ? null : await ReadReturnsAsync(window, all)));
        }

        (_past, _hasMore, _zone) = (withReturns, past.Count > _shown, zone);
        FollowWhatMatters();
    }

    /// <inheritdoc/>
    protected override void OnDispose() => _look?.Dispose();

    /// <summary>
    /// The zone in which the page shows times. The browser's own is asked for once; before it can be asked, the site's is taken.
    /// </summary>
    private async Task<TimeZoneInfo> ZoneAsync() =>
        View.TimeZone is not null ? await Js.ZoneAsync(Assets, View)
        : RendererInfo.IsInteractive ? _zoneOfBrowser ??= await Js.ZoneAsync(Assets, View)
        : await Clock.ReadZoneAsync();

    /// <summary>If the portal was off at the end of the window, gateways could return only after its start.</summary>
    private Task<ReturnReport> ReadReturnsAsync(MaintenanceWindow window, MaintenanceWindow[] all)
    {
        var outage = Downtime.Around(window, all);
        return Returns.ReadAsync(
            window.FromUtc, window.UntilUtc, outage.FromUtc, outage.UntilUtc > Mode.StartedUtc ? outage.UntilUtc : Mode.StartedUtc);
    }

    /// <summary>Follows messages of gateways while one of them has not returned.</summary>
    private void FollowWhatMatters()
    {
        var isAnyAway = _past.Any(p => p.Returns is { } returns && returns.Returned < returns.Gateways.Count);
        Follow(isAnyAway ? [new LiveKey(LiveTopic.Maintenance), new LiveKey(LiveTopic.Gateway)] : [new LiveKey(LiveTopic.Maintenance)]);
    }

    private async Task LookAsync()
    {
        // A timer runs without the page's language, and the texts are compared with earlier ones.
        View.UseLanguage();
        var now = Time.GetUtcNow();
        if (
            !_faults.SequenceEqual(Faults.Now)
                || _past.Any(p => p.Returns?.Gateways.Any(g => g.State is ReturnState.Expected && g.ExpectedByUtc < now) == true))
        {
            await ReloadAsync();
        }
    }

    private Task ShowMoreAsync()
    {
        _shown += WindowsAtOnce;
        return ReloadAsync();
    }
}

/// <summary>A past window with the gateways that returned after it.</summary>
/// <param name="Window">The window.</param>
/// <param name="Returns">The gateways; null if the window was cancelled.</param>
public sealed record PastWindow(MaintenanceWindow Window, ReturnReport? Returns);
