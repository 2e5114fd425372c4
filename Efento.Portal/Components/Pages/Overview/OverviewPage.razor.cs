using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>A tile per logger; before the first logger, how to bring one here.</summary>
public sealed partial class OverviewPage
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly LiveKey[] Topics = [new(LiveTopic.Inventory), new(LiveTopic.Maintenance)];

    private IReadOnlyList<LoggerOverview>? _loggers;
    private IReadOnlyList<GatewayOverview> _gateways = [];
    private bool _isLimited;
    private int _held;
    private int _hidden;
    private ITimer? _turn;

    private string Held => _held == 1 ? "1 logger waits" : $"{_held} loggers wait";

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private LoggerQuery Loggers { get; set; } = null!;

    [Inject]
    private GatewayQuery Gateways { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var scope = await Person.ScopeAsync();
        Follow([.. scope.LoggerKeys, .. Topics, .. _loggers is { Count: > 0 } || scope.IsLimited ? [] : (LiveKey[])[new(LiveTopic.Gateway)]]);
        var loggers = await Loggers.ListAllAsync(scope);
        _gateways = loggers.Count > 0 ? [] : await Gateways.ListAsync(scope);
        _isLimited = scope.IsLimited;
        _loggers = [.. loggers.Where(l => l.IsShown)];
        _held = loggers.Count(l => l is { Approval: LoggerApproval.Held, RetiredUtc: null });
        _hidden = loggers.Count - _loggers.Count - _held;
        AwaitTurn();
    }

    /// <inheritdoc/>
    protected override void Leave() => _turn?.Dispose();

    /// <summary>When a logger becomes late its tile moves up, though nothing arrives and nothing is asked.</summary>
    private void AwaitTurn()
    {
        _turn?.Dispose();
        _turn = null;
        var now = Time.GetUtcNow();
        if (RendererInfo.IsInteractive && OverviewTiles.NextTurnUtc(_loggers!, now) is { } turn)
        {
            var wait = turn - now < LongestWait ? turn - now : LongestWait;
            _turn = Time.CreateTimer(_ => _ = InvokeAsync(ShowTurn), null, wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void ShowTurn()
    {
        AwaitTurn();
        StateHasChanged();
    }
}
