using System.Collections.Concurrent;
using System.Security.Cryptography;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>
/// Everybody's role and every open session in memory, so that a request costs no query and a change takes effect in open pages at once.
/// Rebuilt from the database at the start and after each change.
/// </summary>
public sealed class PeopleDirectory(IDbContextFactory<PortalDbContext> database, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, OpenSession> _sessions = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<int, PersonEntry> _people = new Dictionary<int, PersonEntry>();

    /// <summary>Somebody's role, state or session changed; called after the change is durable.</summary>
    public event Action? Changed;

    /// <summary>Whether nobody has an account yet: the portal waits for its set-up.</summary>
    public bool IsEmpty => _people.Count == 0;

    /// <summary>Whoever the key in a cookie belongs to; null if the session was ended or its person may not sign in any more.</summary>
    public SignedIn? Find(string key) =>
        _sessions.TryGetValue(HashOf(key), out var session) && _people.TryGetValue(session.UserId, out var person) && !person.IsDisabled
            ? new SignedIn(session.Id, person)
            : null;

    /// <summary>Notes that the person of a session does something.</summary>
    public void NoteActivity(string key)
    {
        if (_sessions.TryGetValue(HashOf(key), out var session))
        {
            session.LastActiveUtc = time.GetUtcNow();
        }
    }

    /// <summary>When each open session was last active.</summary>
    public IReadOnlyDictionary<int, DateTimeOffset> Activity() => _sessions.Values.ToDictionary(s => s.Id, s => s.LastActiveUtc);

    /// <summary>Reads everybody and every open session from the database, and tells who follows.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        _people = await db.Users.AsNoTracking()
            .ToDictionaryAsync(u => u.Id, u => new PersonEntry(u.Id, u.Email!, u.Role, u.DisabledUtc is not null), cancellationToken);
        var open = await db.Sessions.AsNoTracking().Where(s => s.EndedUtc == null).ToListAsync(cancellationToken);
        var keys = open.Select(s => Convert.ToHexString(s.KeyHash)).ToHashSet();
        foreach (var gone in _sessions.Keys.Where(key => !keys.Contains(key)))
        {
            _sessions.TryRemove(gone, out _);
        }

        foreach (var session in open)
        {
            _sessions.TryAdd(Convert.ToHexString(session.KeyHash), new OpenSession(session.Id, session.UserId) { LastActiveUtc = session.LastActiveUtc });
        }

        Changed?.Invoke();
    }

    private static string HashOf(string key) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));

    private sealed class OpenSession(int id, int userId)
    {
        private long _lastActiveMs;

        public int Id => id;

        public int UserId => userId;

        public DateTimeOffset LastActiveUtc
        {
            get => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _lastActiveMs));
            set => Interlocked.Exchange(ref _lastActiveMs, value.ToUnixTimeMilliseconds());
        }
    }
}

/// <summary>An account in memory.</summary>
public sealed record PersonEntry(int UserId, string Email, Role Role, bool IsDisabled);

/// <summary>Somebody with an open session.</summary>
public sealed record SignedIn(int SessionId, PersonEntry Person);
