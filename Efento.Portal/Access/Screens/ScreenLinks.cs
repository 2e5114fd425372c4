using System.Security.Cryptography;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access.Screens;

/// <summary>Makes and revokes the links of screens. A code is known to whoever has the link alone; each change stands in the audit trail and holds at once.</summary>
public sealed class ScreenLinks(WriteGate gate, ScreenDirectory directory, AuditTrail audit, TimeProvider time)
{
    /// <summary>The path of a link.</summary>
    public static string PathOf(string code) => $"{ScreenAuthentication.Path[1..]}/{code}";

    /// <summary>Makes a link.</summary>
    public async Task<NewScreen> MakeAsync(Actor actor, ScreenDraft draft, CancellationToken cancellationToken = default)
    {
        var name = draft.Name.Trim();
        if (name.Length is 0 or > Screen.MaxNameLength)
        {
            return NewScreen.Failed(AccessText.ScreenName(Screen.MaxNameLength));
        }

        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return await ChangeAsync(
            async db =>
            {
                if (await LocationNames.ReadAsync(db, draft.Limit, cancellationToken) is not { } sees)
                {
                    return NewScreen.Failed(AccessText.LocationsGone);
                }

                var screen = New(actor, draft with { Name = name }, code);
                db.Screens.Add(screen);
                await db.SaveChangesAsync(cancellationToken);
                var until = screen.ExpiresUtc is null ? "" : $"; until: {TokenNotes.InWords(screen.ExpiresUtc)}";
                await audit.AddAsync(db, actor, new AuditNote("screen link made", Subject(screen), New: sees + until), cancellationToken);
                return new NewScreen(screen.Id, code, []);
            },
            cancellationToken);
    }

    /// <summary>Revokes a link: screens that show it end within seconds.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The screen.</param>
    /// <param name="version">As it was seen.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is wrong; empty if it was revoked.</returns>
    public Task<IReadOnlyList<string>> RevokeAsync(Actor actor, int id, int version, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync<IReadOnlyList<string>>(
            async db =>
            {
                if (await db.Screens.SingleOrDefaultAsync(s => s.Id == id && s.RevokedUtc == null, cancellationToken) is not { } screen || screen.Version != version)
                {
                    return [AccessText.ScreenOver];
                }

                screen.RevokedUtc = time.GetUtcNow();
                screen.Version++;
                await audit.AddAsync(db, actor, new AuditNote("screen link revoked", Subject(screen), Reason: reason), cancellationToken);
                return [];
            },
            cancellationToken);

    private static string Subject(Screen screen) => $"screen {screen.Id} {screen.Name}";

    private Screen New(Actor actor, ScreenDraft draft, string code) => new()
    {
        Name = draft.Name,
        CodeHash = TokenHash.Of(code).ToBytes(),
        Locations = draft.Limit?.Kept,
        CreatedUtc = time.GetUtcNow(),
        CreatedBy = actor.Name,
        ExpiresUtc = draft.ExpiresUtc,
    };

    private async Task<T> ChangeAsync<T>(Func<PortalDbContext, Task<T>> change, CancellationToken cancellationToken)
    {
        var result = await gate.WriteAsync(change, cancellationToken);

        // Whoever asked may be gone by now; the change holds all the same.
        await directory.ReloadAsync(CancellationToken.None);
        return result;
    }
}

/// <summary>A screen's link to be made.</summary>
/// <param name="Name">What people call the screen.</param>
/// <param name="Limit">The locations it shows; null for all of them.</param>
/// <param name="ExpiresUtc">Until when it works; null until it is revoked.</param>
public sealed record ScreenDraft(string Name, LocationLimit? Limit, DateTimeOffset? ExpiresUtc);

/// <summary>What came of making a link.</summary>
/// <param name="Id">The screen's key; null if none was made.</param>
/// <param name="Code">What the link's path ends with, to be shown this once.</param>
/// <param name="Faults">Why none was made.</param>
public sealed record NewScreen(int? Id, string? Code, IReadOnlyList<string> Faults)
{
    /// <summary>Nothing was made.</summary>
    public static NewScreen Failed(string fault) => new(null, null, [fault]);
}
