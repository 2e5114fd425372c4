using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Access;

/// <summary>
/// Everybody's role and preferences, every open session and the site in memory, so that a request costs no query and a change takes effect in
/// open pages at once. Rebuilt from the database at the start and after each change.
/// </summary>
public sealed class PeopleDirectory(IDbContextFactory<PortalDbContext> database, IOptionsMonitor<AccessOptions> options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, OpenSession> _sessions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reload = new(1, 1);
    private volatile IReadOnlyDictionary<int, PersonEntry> _people = new Dictionary<int, PersonEntry>();
    private volatile Site? _site;

    /// <summary>Somebody's role, state, preferences, session or invitation changed; called after the change is durable. Listeners must not throw.</summary>
    public event Action? Changed;

    /// <summary>Whether nobody has an account yet: the portal waits for its set-up.</summary>
    public bool IsEmpty => _people.Count == 0;

    /// <summary>The site as it was last read, not to be changed; null while the portal waits for its set-up.</summary>
    public Site? Site => _site;

    /// <summary>How somebody likes the pages.</summary>
    public Preferences PreferencesOf(int? userId) => userId is { } id && _people.TryGetValue(id, out var person) ? person.Preferences : Preferences.None;

    /// <summary>Whoever the key in a cookie belongs to; null if the session is over or its person may not sign in any more.</summary>
    public SignedIn? Find(string key) =>
        _sessions.TryGetValue(HashOf(key), out var session)
        && _people.TryGetValue(session.UserId, out var person)
        && !person.IsDisabled
        && WhyOver(session) is null
            ? new SignedIn(session.Id, person)
            : null;

    /// <summary>Notes that the person of a session does something.</summary>
    public void NoteActivity(string key)
    {
        if (_sessions.TryGetValue(HashOf(key), out var session) && WhyOver(session) is null)
        {
            session.NoteActivity(time.GetUtcNow(), time.GetTimestamp());
        }
    }

    /// <summary>When each open session was last active.</summary>
    public IReadOnlyDictionary<int, DateTimeOffset> Activity() => _sessions.Values.ToDictionary(s => s.Id, s => s.LastActiveUtc);

    /// <summary>Sessions whose time is over though nobody ended them yet, and why.</summary>
    public IReadOnlyDictionary<int, SessionEnd> Overdue() =>
        _sessions.Values.Select(s => (s.Id, Why: WhyOver(s))).Where(s => s.Why is not null).ToDictionary(s => s.Id, s => s.Why!.Value);

    /// <summary>Reads everybody and every open session from the database, and tells who follows.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken = default)
    {
        // One after the other: an older reading must not take the place of a newer one.
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
        _site = await db.Sites.AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        var preferences = await db.Preferences.AsNoTracking().ToDictionaryAsync(p => p.UserId, cancellationToken);
        _people = await db.Users.AsNoTracking().ToDictionaryAsync(
            u => u.Id,
            u => new PersonEntry(u.Id, u.Email!, u.Role, u.DisabledUtc is not null, u.Locations) { Preferences = preferences.GetValueOrDefault(u.Id, Preferences.None) },
            cancellationToken);
        var open = await db.Sessions.AsNoTracking().Where(s => s.EndedUtc == null).ToDictionaryAsync(s => Convert.ToHexString(s.KeyHash), cancellationToken);
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
    /// A session whose time is counted by the process's own clock: neither does it end nor live on because the server's clock was set. Of the time
    /// before the start the database tells, and what it says lies in the future has just been.
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
/// <param name="Locations">What they are limited to, as it is kept; null without a limit.</param>
public sealed record PersonEntry(int UserId, string Email, Role Role, bool IsDisabled, string? Locations)
{
    /// <summary>How they like the pages.</summary>
    public Preferences Preferences { get; init; } = Preferences.None;
}

/// <summary>Somebody with an open session.</summary>
public sealed record SignedIn(int SessionId, PersonEntry Person);

/// <summary>Why the time of a session is over.</summary>
public enum SessionEnd : byte
{
    /// <summary>Its person did nothing for too long.</summary>
    Idle,

    /// <summary>It was open for as long as any may be.</summary>
    Aged,
}
