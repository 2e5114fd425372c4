using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.People;

/// <summary>Who can be on an alarm: those who may see it, and act.</summary>
internal sealed class AlarmPeople(
    IDbContextFactory<PortalDbContext> database, PeopleQuery people, LocationDirectory locations, AlarmNames names)
{
    /// <summary>The names of the accounts, in their order; empty if there is no such alarm.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(int alarmId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Alarms.AsNoTracking().FirstOrDefaultAsync(a => a.Id == alarmId, cancellationToken) is not { } alarm)
        {
            return [];
        }

        List<string> able = [];
        foreach (var user in (await people.UsersAsync(cancellationToken)).Where(MayAct))
        {
            if (await names.SeesAsync(db, SiteScope.Of(user.Limit, locations), alarm, cancellationToken))
            {
                able.Add(user.Email);
            }
        }

        return able;
    }

    private static bool MayAct(UserItem user) => user.DisabledUtc is null && Policies.Roles[Policies.Operate].Contains(user.Role);
}
