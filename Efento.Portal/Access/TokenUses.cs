using System.Collections.Concurrent;
using Efento.Portal.Access.Screens;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>The last use of every token and screen: exact in memory, to the minute in the database.</summary>
public sealed class TokenUses
{
    private const long MinuteMs = 60_000;

    /// <summary>The most tokens written in one turn at the write gate, so that no message waits for all of them.</summary>
    private const int Portion = 100;

    private readonly ConcurrentDictionary<int, TokenUse> _gateway = new();
    private readonly ConcurrentDictionary<int, TokenUse> _api = new();
    private readonly ConcurrentDictionary<int, TokenUse> _screens = new();

    /// <summary>The last use of a gateway token; the same object for as long as the portal runs.</summary>
    public TokenUse Of(GatewayToken token) =>
        _gateway.GetOrAdd(token.Id, static (_, t) => new TokenUse(t.LastUsedUtc, t.LastUsedAddress), token);

    /// <summary>The last use of an API token; the same object for as long as the portal runs.</summary>
    public TokenUse Of(ApiToken token) => _api.GetOrAdd(token.Id, static (_, t) => new TokenUse(t.LastUsedUtc, t.LastUsedAddress), token);

    /// <summary>The last use of a screen's link; the same object for as long as the portal runs.</summary>
    public TokenUse Of(Screen screen) =>
        _screens.GetOrAdd(screen.Id, static (_, s) => new TokenUse(s.LastUsedUtc, s.LastUsedAddress), screen);

    /// <summary>Writes what is new since the last time.</summary>
    public async Task FlushAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        foreach (var portion in Due(_gateway).Chunk(Portion))
        {
            await WriteAsync(gate, portion, WriteGatewayAsync, cancellationToken);
        }

        foreach (var portion in Due(_api).Chunk(Portion))
        {
            await WriteAsync(gate, portion, WriteApiAsync, cancellationToken);
        }

        foreach (var portion in Due(_screens).Chunk(Portion))
        {
            await WriteAsync(gate, portion, WriteScreenAsync, cancellationToken);
        }
    }

    private static List<DueUse> Due(ConcurrentDictionary<int, TokenUse> uses) =>
        [.. from use in uses let due = use.Value.Due where due is not null select new DueUse(use.Key, use.Value, due.Value)];

    private static async Task WriteAsync(
        WriteGate gate, DueUse[] portion, Func<PortalDbContext, DueUse, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await gate.WriteAsync(
            async db =>
            {
                foreach (var due in portion)
                {
                    await write(db, due, cancellationToken);
                }
            },
            cancellationToken);
        Array.ForEach(portion, due => due.Use.Written(due.What));
    }

    // This is not a change by a user, so the version stays.
    private static Task WriteGatewayAsync(PortalDbContext db, DueUse due, CancellationToken cancellationToken) =>
        db.GatewayTokens.Where(t => t.Id == due.TokenId).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.LastUsedUtc, due.AtUtc).SetProperty(t => t.LastUsedAddress, due.What.Address), cancellationToken);

    private static Task WriteApiAsync(PortalDbContext db, DueUse due, CancellationToken cancellationToken) =>
        db.ApiTokens.Where(t => t.Id == due.TokenId).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.LastUsedUtc, due.AtUtc).SetProperty(t => t.LastUsedAddress, due.What.Address), cancellationToken);

    private static Task WriteScreenAsync(PortalDbContext db, DueUse due, CancellationToken cancellationToken) =>
        db.Screens.Where(s => s.Id == due.TokenId).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.LastUsedUtc, due.AtUtc).SetProperty(s => s.LastUsedAddress, due.What.Address), cancellationToken);

    private sealed record DueUse(int TokenId, TokenUse Use, (long Minute, string? Address) What)
    {
        public DateTimeOffset? AtUtc => DateTimeOffset.FromUnixTimeMilliseconds(What.Minute * MinuteMs);
    }
}
