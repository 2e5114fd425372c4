using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access.Screens;

/// <summary>All links of screens in memory, so that a check costs no query. Reloaded whenever one changes.</summary>
internal sealed class ScreenDirectory(IDbContextFactory<PortalDbContext> database, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _reload = new(1, 1);
    private volatile IReadOnlyList<Screen> _all = [];

    /// <summary>Raised after a link was made or revoked and the change is in force. Listeners must not throw.</summary>
    public event Action? Changed;

    /// <summary>Every screen, ended ones too, oldest first.</summary>
    public IReadOnlyList<Screen> All => _all;

    /// <summary>The screen whose link has this code; null if there is none, or if it no longer works.</summary>
    public Screen? Find(string code)
    {
        var hash = TokenHash.Of(code);
        return _all.FirstOrDefault(s => new TokenHash(s.CodeHash).Equals(hash)) is { } screen && IsValid(screen) ? screen : null;
    }

    /// <summary>A screen by its key; null if there is none, or if its link no longer works.</summary>
    public Screen? Find(int id) => _all.FirstOrDefault(s => s.Id == id) is { } screen && IsValid(screen) ? screen : null;

    /// <summary>Whether its link works now.</summary>
    public bool IsValid(Screen screen) => screen.RevokedUtc is null && !(screen.ExpiresUtc <= time.GetUtcNow());

    /// <summary>Reads every screen from the database.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken = default)
    {
        // Reloads run one at a time, so that an older result never replaces a newer one.
        await _reload.WaitAsync(cancellationToken);
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            _all = await db.Screens.AsNoTracking().OrderBy(s => s.Id).ToListAsync(cancellationToken);
        }
        finally
        {
            _reload.Release();
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose() => _reload.Dispose();
}
