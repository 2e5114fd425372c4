using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Streaming;

/// <summary>Everybody who may see the same: however many they are, what changed is asked for once, at most once a second.</summary>
internal sealed class LiveGroup(SiteScope scope, LoggerQuery loggers, MaintenanceMode maintenance, ReceiptTimes receipts, LiveFeed feed) : IDisposable
{
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private LiveKey[] _keys = [];
    private IDisposable? _subscription;
    private volatile LivePicture? _picture;
    private bool _isDisposed;

    /// <summary>There is another picture.</summary>
    public event Action? Changed;

    /// <summary>How many listen; kept by <see cref="LiveGroups"/>.</summary>
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
                // Before the question: what changes meanwhile is then not missed.
                Follow([.. scope.LoggerKeys, new LiveKey(LiveTopic.Inventory), new LiveKey(LiveTopic.Maintenance)]);
                var found = await loggers.ListAsync(scope, cancellationToken: cancellationToken);
                _picture = (_picture ?? LivePicture.Empty).Next(found.Select(l => LivePoint.Of(l, receipts, maintenance.Current)));
            }
        }
        finally
        {
            _turn.Release();
        }
    }

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
