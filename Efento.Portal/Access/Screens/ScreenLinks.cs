using System.Security.Cryptography;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access.Screens;

/// <summary>
/// Makes and revokes the links of screens, and switches their sound on and off. Only the link contains the code; the portal stores its
/// hash. Each change has an entry in the audit trail and takes effect at once.
/// </summary>
internal sealed class ScreenLinks(WriteGate gate, ScreenDirectory directory, AuditTrail audit, TimeProvider time)
{
    /// <summary>The path of a link.</summary>
    public static string PathOf(string code) => $"{ScreenAuthentication.Path[1..]}/{code}";

    /// <summary>Makes a link.</summary>
    public async Task<NewScreen> MakeAsync(Actor actor, ScreenDraft draft, CancellationToken cancellationToken = default)
    {
        var name = draft.Name.Trim();
        if (name.Length is 0 or > Screen.MaxNameLength)
        {
            return NewScreen.Failed(AccessFaultKind.ScreenName);
        }

        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return await ChangeAsync(
            async db =>
            {
                if (await LocationNames.ReadAsync(db, draft.Limit, cancellationToken) is not { } sees)
                {
                    return NewScreen.Failed(AccessFaultKind.LocationsGone);
                }

                var screen = New(actor, draft with { Name = name }, code);
                db.Screens.Add(screen);
                await db.SaveChangesAsync(cancellationToken);
                var sound = screen.HasSound ? "; with sound" : "";
                var until = screen.ExpiresUtc is null ? "" : $"; until: {TokenNotes.InWords(screen.ExpiresUtc)}";
                await audit.AddAsync(
                    db, actor, new AuditNote("screen link made", Subject(screen), New: sees + sound + until), cancellationToken);
                return new NewScreen(screen.Id, code, []);
            },
            cancellationToken);
    }

    /// <summary>Revokes a link. Screens that use it stop within seconds.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="id">The screen.</param>
    /// <param name="version">The version that the user saw.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The faults; empty if it was revoked.</returns>
    public Task<IReadOnlyList<AccessFault>> RevokeAsync(
        Actor actor, int id, int version, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            actor, id, version, new AuditNote("screen link revoked", "", Reason: reason),
            screen => screen.RevokedUtc = time.GetUtcNow(), cancellationToken);

    /// <summary>Switches the sound of a screen on or off. Screens that use the link follow within seconds.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="id">The screen.</param>
    /// <param name="version">The version that the user saw.</param>
    /// <param name="isOn">Whether it sounds when a critical alarm begins.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The faults; empty if it was switched.</returns>
    public Task<IReadOnlyList<AccessFault>> SetSoundAsync(
        Actor actor, int id, int version, bool isOn, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            actor, id, version, new AuditNote("screen sound set", "", isOn ? "off" : "on", isOn ? "on" : "off"),
            screen => screen.HasSound = isOn, cancellationToken);

    private static string Subject(Screen screen) => $"screen {screen.Id} {screen.Name}";

    private Screen New(Actor actor, ScreenDraft draft, string code) => new()
    {
        Name = draft.Name,
        CodeHash = TokenHash.Of(code).ToBytes(),
        Locations = draft.Limit?.Kept,
        HasSound = draft.HasSound,
        CreatedUtc = time.GetUtcNow(),
        CreatedBy = actor.Name,
        ExpiresUtc = draft.ExpiresUtc,
    };

    private Task<IReadOnlyList<AccessFault>> ChangeAsync(
        Actor actor, int id, int version, AuditNote note, Action<Screen> change, CancellationToken cancellationToken) =>
        ChangeAsync<IReadOnlyList<AccessFault>>(
            async db =>
            {
                if (
                    await db.Screens.SingleOrDefaultAsync(s => s.Id == id && s.RevokedUtc == null, cancellationToken) is not { } screen
                        || screen.Version != version)
                {
                    return [AccessFaultKind.ScreenOver];
                }

                change(screen);
                screen.Version++;
                await audit.AddAsync(db, actor, note with { Subject = Subject(screen) }, cancellationToken);
                return [];
            },
            cancellationToken);

    private async Task<T> ChangeAsync<T>(Func<PortalDbContext, Task<T>> change, CancellationToken cancellationToken)
    {
        var result = await gate.WriteAsync(change, cancellationToken);

        // The caller may have gone by now; the change is committed all the same.
        await directory.ReloadAsync(CancellationToken.None);
        return result;
    }
}

/// <summary>A screen's link to be made.</summary>
/// <param name="Name">The screen's name.</param>
/// <param name="Limit">The locations it shows; null for all of them.</param>
/// <param name="ExpiresUtc">When it expires; null if it works until it is revoked.</param>
/// <param name="HasSound">Whether it sounds when a critical alarm begins.</param>
internal sealed record ScreenDraft(string Name, LocationLimit? Limit, DateTimeOffset? ExpiresUtc, bool HasSound = false);

/// <summary>The result of making a link.</summary>
/// <param name="Id">The screen's key; null if none was made.</param>
/// <param name="Code">The end of the link's path, to be shown only this once.</param>
/// <param name="Faults">Why none was made.</param>
internal sealed record NewScreen(int? Id, string? Code, IReadOnlyList<AccessFault> Faults)
{
    /// <summary>Nothing was made.</summary>
    public static NewScreen Failed(AccessFault fault) => new(null, null, [fault]);
}
