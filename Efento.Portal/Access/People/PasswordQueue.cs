namespace Efento.Portal.Access;

/// <summary>
/// Hashes passwords one at a time. By design, a hash keeps a core busy for a tenth of a second. Many at once would make gateways wait.
/// </summary>
internal sealed class PasswordQueue : IDisposable
{
    /// <summary>The length of the queue at which attempts of unknown senders are rejected. They have to be repeated.</summary>
    public const int MostWaiting = 30;

    /// <summary>The most attempts of one sender in the queue, known or not.</summary>
    public const int MostOfOneSender = 3;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _waiting = [];

    /// <summary>Runs work that hashes when its turn comes.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs work for a sender when its turn comes; false if too many attempts are waiting.</summary>
    /// <param name="sender">The sender.</param>
    /// <param name="isKnown">Whether the account knows the sender. A known sender is admitted even if the queue is full of others.</param>
    /// <param name="work">The work: hashing, and everything that must be done before the next turn.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<(bool IsDone, T? Result)> TryRunAsync<T>(
        string sender, bool isKnown, Func<T> work, CancellationToken cancellationToken)
    {
        if (!TryEnter(sender, isKnown))
        {
            return (false, default);
        }

        try
        {
            return (true, await RunAsync(work, cancellationToken));
        }
        finally
        {
            Leave(sender);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private bool TryEnter(string sender, bool isKnown)
    {
        lock (_lock)
        {
            var own = _waiting.GetValueOrDefault(sender);
            if (own >= MostOfOneSender || (!isKnown && _waiting.Values.Sum() >= MostWaiting))
            {
                return false;
            }

            _waiting[sender] = own + 1;
            return true;
        }
    }

    private void Leave(string sender)
    {
        lock (_lock)
        {
            if (--_waiting[sender] == 0)
            {
                _waiting.Remove(sender);
            }
        }
    }
}
