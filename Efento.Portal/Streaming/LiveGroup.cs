using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Texts;

namespace Efento.Portal.Streaming;

/// <summary>
/// All listeners with the same rights and, for wall boards, the same language and units. Changes are read once for the whole group, at most
/// once a second.
/// </summary>
internal sealed class LiveGroup(
    SiteScope scope, LiveView? view, LoggerQuery loggers, MaintenanceMode maintenance, ReceiptTimes receipts, ILiveTiles tiles,
    LiveFeed feed) : IDisposable
{
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private static readonly LiveKey[] Topics = [new(LiveTopic.Inventory), new(LiveTopic.Maintenance)];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private LiveKey[] _keys = [];
    private IDisposable? _subscription;
    private volatile LivePicture? _picture;
    private bool _isDisposed;

    /// <summary>Occurs when there is a new picture.</summary>
    public event Action? Changed;

    /// <summary>The number of listeners; maintained by <see cref="LiveGroups"/>.</summary>
    public int Listeners { get; set; }

    /// <summary>The newest picture.</summary>
    public async Task<LivePicture> PictureAsync(CancellationToken cancellationToken)
    {
        if (_picture is null)
        {
            await AskAsync(isFirst: true, cancellationToken);
        }

        return _picture!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _subscription?.Dispose();
    }

    private async Task ReloadAsync()
    {
        await AskAsync(isFirst: false, CancellationToken.None);
        Changed?.Invoke();
    }

    private async Task AskAsync(bool isFirst, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!isFirst || _picture is null)
            {
                // Subscribe before the query, so that no change in between is missed.
                Follow([.. scope.LoggerKeys, .. Topics, .. view is null ? [] : (LiveKey[])[new(LiveTopic.Alarm)]]);
                Languages.Use(view?.Language);
                var found = await loggers.ListAsync(scope, cancellationToken: cancellationToken);
                var window = maintenance.Current;
                _picture = (_picture ?? LivePicture.Empty).Next(
                    found.Select(l => PointOf(l, window)), view is null ? null : tiles.NoticeOf(scope, window));
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private LivePoint PointOf(LoggerOverview logger, MaintenanceWindow? window) =>
        LivePoint.Of(logger, receipts, window) with { Tile = view is null ? null : tiles.Of(logger, window, view.Units) };

    private void Follow(LiveKey[] keys)
    {
        if (!_isDisposed && !keys.SequenceEqual(_keys))
        {
            _subscription?.Dispose();
            _subscription = feed.Subscribe(keys, Throttle, ReloadAsync);
            _keys = keys;
        }
    }
}
