using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Connections;

/// <summary>
/// All open connections. If there are too many, in total or from one address, the least needed one is closed for the next: first the one
/// that was silent for longest, and before any that is being served. A connection that serves an authenticated sender is never closed.
/// </summary>
internal sealed partial class ConnectionRoom(
    ConnectionLimits limits, IOptions<PortalOptions> options, LogLimiter limiter, ILogger<ConnectionRoom> log)
{
    /// <summary>A gateway sends its request within this time after connecting, even on a weak link.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<System.Net.IPNetwork> _proxies =
    [
        .. options.Value.Access.TrustedProxies.Select(Networks.Read).OfType<System.Net.IPNetwork>()
    ];
    private readonly Lock _lock = new();
    private readonly HashSet<OpenConnection> _open = [];
    private readonly Dictionary<string, int> _perSender = [];
    private readonly Dictionary<string, int> _heldPerSender = [];
    private int _held;

    /// <summary>The number of connections.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Admits a connection, and closes a less needed one if necessary; false if there is no room.</summary>
    public bool TryEnter(OpenConnection connection)
    {
        OpenConnection? leaving = null;
        bool isFull;
        lock (_lock)
        {
            var isFullForSender = IsLimited(connection) && _perSender.GetValueOrDefault(connection.Sender) >= limits.PerAddress;
            isFull = isFullForSender || _open.Count >= limits.Most;
            leaving = isFull ? LeastNeeded(isFullForSender ? connection.Sender : null) : null;
            if (leaving is not null)
            {
                Remove(leaving);
            }

            if (!isFull || leaving is not null)
            {
                _open.Add(connection);
                Add(_perSender, connection.Sender, 1);
            }
        }

        if (isFull && limiter.IsDue(nameof(ConnectionRoom)))
        {
            LogFull(log, limits.Most, limits.PerAddress, limits.Descriptors, connection.Sender);
        }

        leaving?.Abort(new ConnectionAbortedException("The connection made room for another."));
        return !isFull || leaving is not null;
    }

    /// <summary>Removes a closed connection.</summary>
    public void Leave(OpenConnection connection)
    {
        lock (_lock)
        {
            Remove(connection);
        }
    }

    /// <summary>Whether a connection could be held open now. If not, this is logged.</summary>
    public bool MayHold(OpenConnection connection)
    {
        lock (_lock)
        {
            var isFull = _held >= limits.MostHeld
                || (IsLimited(connection) && _heldPerSender.GetValueOrDefault(connection.Sender) >= limits.HeldPerAddress);
            if (isFull && limiter.IsDue(nameof(TryHold)))
            {
                LogHeld(log, limits.MostHeld, limits.HeldPerAddress, connection.Sender);
            }

            return !isFull;
        }
    }

    /// <summary>Marks a connection as held open for hours, as circuits and live hubs are; false if there are too many.</summary>
    public bool TryHold(OpenConnection connection)
    {
        lock (_lock)
        {
            if (!MayHold(connection))
            {
                return false;
            }

            _held++;
            Add(_heldPerSender, connection.Sender, 1);
            return true;
        }
    }

    /// <summary>Ends the mark of <see cref="TryHold"/>.</summary>
    public void Release(OpenConnection connection)
    {
        lock (_lock)
        {
            _held--;
            Add(_heldPerSender, connection.Sender, -1);
        }
    }

    private static void Add(Dictionary<string, int> counts, string sender, int more)
    {
        var count = counts.GetValueOrDefault(sender) + more;
        if (count == 0)
        {
            counts.Remove(sender);
        }
        else
        {
            counts[sender] = count;
        }
    }

    private bool IsLimited(OpenConnection connection) =>
        connection.Address is { } address
            && !_proxies.Any(proxy => proxy.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private void Remove(OpenConnection connection)
    {
        if (_open.Remove(connection))
        {
            Add(_perSender, connection.Sender, -1);
        }
    }

    private OpenConnection? LeastNeeded(string? sender) => _open
        .Where(connection => sender is null || connection.Sender == sender)
        .Select(connection => (Connection: connection, Need: connection.NeedOf(Patience), connection.Since))
        .Where(c => c.Need is not OpenConnection.Need.Admitted)
        .OrderBy(c => c.Need).ThenBy(c => c.Since)
        .FirstOrDefault().Connection;

    [LoggerMessage(Level = LogLevel.Warning, Message = "There are too many connections, the last one from {Sender}: {Most} may be open, {PerAddress} of them from one address, for the process may open {Descriptors} files and connections (ulimit -n, LimitNOFILE). Silent ones are closed to make room for others")]
    private static partial void LogFull(ILogger log, int most, int perAddress, long? descriptors, string sender);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There are too many open pages and live connections, the last one from {Sender}: {Most} may be open, {PerAddress} of them from one address; the next ones are answered 503 so that gateways still get in")]
    private static partial void LogHeld(ILogger log, int most, int perAddress, string sender);
}
