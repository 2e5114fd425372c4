using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>Maintenance now, planned and past, and what gateways make of it.</summary>
public sealed partial class MaintenancePage
{
    private const int WindowsAtOnce = 10;

    /// <summary>Faults come and go without a signal, and so does the time a gateway is expected by.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private ITimer? _look;
    private TimeZoneInfo? _zone;
    private MaintenanceWindow? _current;
    private ReturnReport? _expected;
    private IReadOnlyList<MaintenanceWindow> _planned = [];
    private IReadOnlyList<PastWindow> _past = [];
    private IReadOnlyList<string> _faults = [];
    private IReadOnlyList<string> _doubts = [];
    private int _shown = WindowsAtOnce;
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
    private ClockDesk ClockDesk { get; set; } = null!;

    [Inject]
    private IngestFaults Faults { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

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
        var zone = await Clock.ReadZoneAsync();
        (_current, _planned, _faults, _doubts) = (Mode.Current, Mode.Planned, Faults.Now, ClockDesk.Doubts);
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
    protected override void Leave() => _look?.Dispose();

    /// <summary>Nobody could come before the portal ran again, should it have been off at the end.</summary>
    private Task<ReturnReport> ReadReturnsAsync(MaintenanceWindow window, MaintenanceWindow[] all)
    {
        var outage = Outage.Around(window, all);
        return Returns.ReadAsync(window.FromUtc, window.UntilUtc, outage.FromUtc, outage.UntilUtc > Mode.StartedUtc ? outage.UntilUtc : Mode.StartedUtc);
    }

    /// <summary>Messages of gateways matter while one of them is still away.</summary>
    private void FollowWhatMatters()
    {
        var isAnyAway = _past.Any(p => p.Returns is { } returns && returns.Returned < returns.Gateways.Count);
        Follow(isAnyAway ? [new LiveKey(LiveTopic.Maintenance), new LiveKey(LiveTopic.Gateway)] : [new LiveKey(LiveTopic.Maintenance)]);
    }

    private async Task LookAsync()
    {
        // A timer speaks no language or another; what is compared was said in this one.
        View.Speak();
        var now = Time.GetUtcNow();
        if (!_faults.SequenceEqual(Faults.Now) || _past.Any(p => p.Returns?.Gateways.Any(g => g.State is ReturnState.Expected && g.ExpectedByUtc < now) == true))
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

/// <summary>A window that is over, with who came back after it.</summary>
/// <param name="Window">The window.</param>
/// <param name="Returns">Who came back; null if it was cancelled.</param>
public sealed record PastWindow(MaintenanceWindow Window, ReturnReport? Returns);
