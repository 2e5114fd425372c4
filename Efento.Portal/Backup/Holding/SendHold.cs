namespace Efento.Portal.Backup.Holding;

/// <summary>
/// Holds everything that would leave a restored or copied portal, until somebody says what becomes of it. Those who send wait for it once,
/// when they begin. Thread-safe.
/// </summary>
public sealed class SendHold
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile PortalPlace? _held;

    /// <summary>Since when and why nothing is sent; null if everything is.</summary>
    public PortalPlace? Held => _held;

    /// <summary>Waits until something may be sent.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _released.Task.WaitAsync(cancellationToken);

    /// <summary>Takes over how it stands at the start.</summary>
    internal void Begin(PortalPlace place)
    {
        if (place.HeldUtc is null)
        {
            Release();
        }
        else
        {
            _held = place;
        }
    }

    /// <summary>Lets everything be sent.</summary>
    internal void Release()
    {
        _held = null;
        _released.TrySetResult();
    }
}
