namespace Efento.Portal.Access;

/// <summary>
/// Where passwords are hashed, one at a time: a hash takes a core for a tenth of a second, as it is meant to, and many at once would keep gateways waiting.
/// </summary>
public sealed class PasswordLane : IDisposable
{
    /// <summary>Attempts of unknown senders at which no further one may wait; it is asked to come again.</summary>
    public const int MostWaiting = 30;

    /// <summary>Attempts of one sender that may wait, known or not.</summary>
    public const int MostOfOneSender = 3;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _waiting = [];

    /// <summary>Does a piece of work that hashes, at its turn.</summary>
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

    /// <summary>Does a piece of work for somebody who asks; false if too many wait already.</summary>
    /// <param name="sender">Who.</param>
    /// <param name="isKnown">Whether the account knows the sender, whom strangers don't keep out.</param>
    /// <param name="work">What hashes, and what has to be done before the next one's turn.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<(bool IsDone, T? Result)> TryRunAsync<T>(string sender, bool isKnown, Func<T> work, CancellationToken cancellationToken)
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
