using System.Net;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;

namespace Efento.Portal.Access;

/// <summary>
/// Keeps the audit trail readable while passwords are being guessed. The first failed sign-in attempts of an address (IPv6: a /64) in a
/// minute get an entry each. The further ones share one entry with their number.
/// </summary>
internal sealed class FailedSignIns(WriteGate gate, AuditTrail audit, TimeProvider time)
{
    /// <summary>How many failures of an address get an entry each within a minute.</summary>
    public const int Singly = 10;

    /// <summary>The most addresses counted separately at a time; further ones are counted together.</summary>
    private const int MostAddresses = 1_000;

    private const int MostNames = 5;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Attempts> _current = [];
    private readonly List<Attempts> _over = [];

    /// <summary>Counts a failure.</summary>
    /// <returns>Whether the failure gets its own entry, which the caller writes.</returns>
    public bool Count(string address, string email)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var sender = IPAddress.TryParse(address, out var ip) ? RefusalCounter.SenderOf(ip) : address;
            var key = _current.ContainsKey(sender) || _current.Count < MostAddresses ? sender : "several addresses";
            if (!_current.TryGetValue(key, out var attempts) || now - attempts.FirstUtc >= Window)
            {
                Close(attempts);
                _current[key] = attempts = new Attempts(key, now);
            }

            return attempts.Add(now, email);
        }
    }

    /// <summary>Writes the shared entries of minutes that are over; when the portal ends, those of all minutes.</summary>
    public async Task FlushAsync(bool isEnding, CancellationToken cancellationToken)
    {
        var due = Take(isEnding);
        try
        {
            if (due.Count > 0)
            {
                await gate.WriteAsync(db => WriteAsync(db, due, cancellationToken), cancellationToken);
            }
        }
        catch
        {
            lock (_lock)
            {
                _over.AddRange(due);
            }

            throw;
        }
    }

    private async Task WriteAsync(PortalDbContext db, List<Attempts> due, CancellationToken cancellationToken)
    {
        foreach (var attempts in due)
        {
            await audit.AddAsync(db, new Actor(ActorKind.Person, attempts.Name, attempts.Address), attempts.Note(), cancellationToken);
        }
    }

    private List<Attempts> Take(bool isEnding)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            foreach (var (address, attempts) in _current.Where(a => isEnding || now - a.Value.FirstUtc >= Window).ToList())
            {
                _current.Remove(address);
                Close(attempts);
            }

            List<Attempts> due = [.. _over];
            _over.Clear();
            return due;
        }
    }

    private void Close(Attempts? attempts)
    {
        if (attempts is { More: > 0 })
        {
            _over.Add(attempts);
        }
    }

    private sealed class Attempts(string address, DateTimeOffset firstUtc)
    {
        private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
        private int _single;
        private DateTimeOffset _moreFromUtc;
        private DateTimeOffset _moreToUtc;

        public string Address => address;

        public DateTimeOffset FirstUtc => firstUtc;

        public int More { get; private set; }

        public string Name => _names.Count == 1 ? _names.Single() : "several";

        public bool Add(DateTimeOffset now, string email)
        {
            if (_single < Singly)
            {
                _single++;
                return true;
            }

            More++;
            _moreFromUtc = More == 1 ? now : _moreFromUtc;
            _moreToUtc = now;
            if (_names.Count <= MostNames)
            {
                _names.Add(email);
            }

            return false;
        }

        public AuditNote Note() => new(
            "sign-in failed",
            string.Join(", ", _names.Take(MostNames)) + (_names.Count > MostNames ? " and others" : ""),
            New: string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{More} times from {_moreFromUtc:HH:mm:ss} to {_moreToUtc:HH:mm:ss} UTC, after {_single} with entries of their own"));
    }
}
