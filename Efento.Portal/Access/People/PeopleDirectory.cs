using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Access;

/// <summary>
/// All users with roles and preferences, all open sessions, and the site, in memory. So a request costs no query, and a change takes effect
/// in open pages at once. Rebuilt from the database at the start and after each change.
/// </summary>
public sealed class PeopleDirectory(
    IDbContextFactory<PortalDbContext> database, IOptionsMonitor<AccessOptions> options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, OpenSession> _sessions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reload = new(1, 1);
    private volatile IReadOnlyDictionary<int, PersonEntry> _people = new Dictionary<int, PersonEntry>();
    private volatile Site? _site;

    /// <summary>
    /// Raised after the role, state, preferences, session or invitation of a user was changed and committed. Listeners must not throw.
    /// </summary>
    public event Action? Changed;

    /// <summary>Whether there is no account yet, so that the portal has to be set up.</summary>
    public bool IsEmpty => _people.Count == 0;

    /// <summary>The site as last read; it must not be changed. Null until the portal is set up.</summary>
    public Site? Site => _site;

    /// <summary>The preferences of a user.</summary>
    public Preferences PreferencesOf(int? userId) =>
        userId is { } id && _people.TryGetValue(id, out var person) ? person.Preferences : Preferences.None;

    /// <summary>The user of the key in a cookie; null if the session has ended or the user may no longer sign in.</summary>
    public SignedIn? Find(string key) =>
        _sessions.TryGetValue(HashOf(key), out var session)
        && _people.TryGetValue(session.UserId, out var person)
        && !person.IsDisabled
        && WhyOver(session) is null
            ? new SignedIn(session.Id, person)
            : null;

    /// <summary>Notes activity of a session's user.</summary>
    public void NoteActivity(string key)
    {
        if (_sessions.TryGetValue(HashOf(key), out var session) && WhyOver(session) is null)
        {
            session.NoteActivity(time.GetUtcNow(), time.GetTimestamp());
        }
    }

    /// <summary>When each open session was last active.</summary>
    public IReadOnlyDictionary<int, DateTimeOffset> Activity() => _sessions.Values.ToDictionary(s => s.Id, s => s.LastActiveUtc);

    /// <summary>Sessions that have expired but are not ended yet, with the reason.</summary>
    public IReadOnlyDictionary<int, SessionEnd> Overdue() =>
        _sessions.Values.Select(s => (s.Id, Why: WhyOver(s))).Where(s => s.Why is not null).ToDictionary(s => s.Id, s => s.Why!.Value);

    /// <summary>Reloads all users and open sessions from the database, and raises the event.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken = default)
    {
        // Reloads run one at a time. Otherwise an older result could replace a newer one.
        await _reload.WaitAsync(cancellationToken);
        try
        {
            await ReadAsync(cancellationToken);
        }
        finally
        {
            _reload.Release();
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose() => _reload.Dispose();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        _site = await db.Sites.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var preferences = await db.Preferences.AsNoTracking().ToDictionaryAsync(p => p.UserId, cancellationToken);
        _people = await db.Users.AsNoTracking().ToDictionaryAsync(
            u => u.Id,
            u => new PersonEntry(u.Id, u.Email!, u.Role, u.DisabledUtc is not null, u.Locations)
            {
                Preferences = preferences.GetValueOrDefault(u.Id, Preferences.None)
            },
            cancellationToken);
        var open = await db.Sessions.AsNoTracking()
            .Where(s => s.EndedUtc == null)
            .ToDictionaryAsync(s => Convert.ToHexString(s.KeyHash), cancellationToken);
        foreach (var gone in _sessions.Keys.Where(key => !open.ContainsKey(key)))
        {
            _sessions.TryRemove(gone, out _);
        }

        foreach (var (hash, session) in open)
        {
            if (!_sessions.ContainsKey(hash))
            {
                _sessions.TryAdd(hash, new OpenSession(session, time.GetUtcNow(), time.GetTimestamp()));
            }
        }
    }

    private SessionEnd? WhyOver(OpenSession session)
    {
        var (now, limits) = (time.GetTimestamp(), options.CurrentValue);
        var (idle, age) = session.At(now, time);
        return idle >= limits.IdleTimeout ? SessionEnd.Idle : age >= limits.SessionLifetime ? SessionEnd.Aged : null;
    }

    private static string HashOf(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>
    /// A session in memory. Its times are counted by a monotonic clock, so that setting the server's clock neither ends nor prolongs it.
    /// For the time before the start, the database counts. A time there that lies in the future counts as now.
    /// </summary>
    private sealed class OpenSession(Session session, DateTimeOffset now, long timestamp)
    {
        private readonly TimeSpan _ageBefore = Past(now - session.CreatedUtc);
        private volatile Activity _last = new(session.LastActiveUtc, timestamp, Past(now - session.LastActiveUtc));

        public int Id => session.Id;

        public int UserId => session.UserId;

        public DateTimeOffset LastActiveUtc => _last.Utc;

        public void NoteActivity(DateTimeOffset utc, long at) => _last = new Activity(utc, at, TimeSpan.Zero);

        public (TimeSpan Idle, TimeSpan Age) At(long at, TimeProvider time)
        {
            var last = _last;
            return (last.IdleBefore + time.GetElapsedTime(last.Timestamp, at), _ageBefore + time.GetElapsedTime(timestamp, at));
        }

        private static TimeSpan Past(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

        private sealed record Activity(DateTimeOffset Utc, long Timestamp, TimeSpan IdleBefore);
    }
}

/// <summary>An account in memory.</summary>
/// <param name="UserId">The key.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Role">What they may do.</param>
/// <param name="IsDisabled">Whether they may not sign in.</param>
/// <param name="Locations">The stored form of their limit; null without one.</param>
public sealed record PersonEntry(int UserId, string Email, Role Role, bool IsDisabled, string? Locations)
{
    /// <summary>Their preferences.</summary>
    public Preferences Preferences { get; init; } = Preferences.None;
}

/// <summary>A user with an open session.</summary>
public sealed record SignedIn(int SessionId, PersonEntry Person);

/// <summary>Why a session expired.</summary>
public enum SessionEnd : byte
{
    /// <summary>Its user was inactive for too long.</summary>
    Idle,

    /// <summary>It reached the longest duration of a session.</summary>
    Aged,
}
