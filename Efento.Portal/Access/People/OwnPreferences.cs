using Efento.Portal.Data;
using Efento.Portal.Texts;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Lets users change their preferences.</summary>
internal sealed class OwnPreferences(WriteGate gate, PeopleDirectory people)
{
    /// <summary>Changes them.</summary>
    /// <param name="userId">Whose they are.</param>
    /// <param name="change">Makes the new preferences from the old ones.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">A language or zone the portal does not know; nothing was changed.</exception>
    public async Task ChangeAsync(int userId, Func<Preferences, Preferences> change, CancellationToken cancellationToken = default)
    {
        await gate.WriteAsync(
            async db =>
            {
                var before = await db.Preferences.SingleOrDefaultAsync(p => p.UserId == userId, cancellationToken);
                var wanted = change(before ?? Preferences.None) with { UserId = userId };
                Check(wanted);
                if (before is null)
                {
                    db.Preferences.Add(wanted);
                }
                else
                {
                    db.Entry(before).CurrentValues.SetValues(wanted);
                }
            },
            cancellationToken);
        await people.ReloadAsync(cancellationToken);
    }

    private static void Check(Preferences wanted)
    {
        if (wanted.Language is not null && !Languages.Has(wanted.Language))
        {
            throw new ArgumentException($"The portal does not speak {wanted.Language}.", nameof(wanted));
        }

        if (wanted.TimeZone is not (null or Preferences.SiteZone) && !SiteZones.All.Contains(wanted.TimeZone))
        {
            throw new ArgumentException($"There is no time zone {wanted.TimeZone}.", nameof(wanted));
        }

        if (
            !Enum.IsDefined(wanted.Temperature)
                || !Enum.IsDefined(wanted.Pressure)
                || !Enum.IsDefined(wanted.Theme)
                || !Enum.IsDefined(wanted.StartPage))
        {
            throw new ArgumentException("A preference has a value that is none.", nameof(wanted));
        }
    }
}
